"""Who works here. Import models from here.

The account, and the appointment that says where and as what; leave and handover; the registration form of an
organisation, and the accounts issued from it; the tokens of other systems.
"""

from .appointment import Appointment, AppointmentQuerySet, Duty
from .handover import HandedItem, Handover
from .leave import Leave
from .registration import OPEN_STATES, AccountIssue, FormState, RegisteredStaff, RegistrationForm
from .secrets import RecoveryCode, UsedPassword
from .token import ACTING, ApiToken, OnceAnswered, Scope, TokenUse
from .told import Told
from .user import User

__all__ = [
    "ACTING",
    "OPEN_STATES",
    "AccountIssue",
    "ApiToken",
    "Appointment",
    "AppointmentQuerySet",
    "Duty",
    "FormState",
    "HandedItem",
    "Handover",
    "Leave",
    "OnceAnswered",
    "RecoveryCode",
    "RegisteredStaff",
    "RegistrationForm",
    "Scope",
    "TokenUse",
    "Told",
    "UsedPassword",
    "User",
]
