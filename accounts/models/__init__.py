"""Who works here. Import models from here.

The account, and the appointment that says where and as what; leave and handover; the registration form of an
organisation, and the accounts issued from it.
"""

from .appointment import Appointment, AppointmentQuerySet, Duty
from .handover import HandedItem, Handover
from .leave import Leave
from .registration import OPEN_STATES, AccountIssue, FormState, RegisteredStaff, RegistrationForm
from .secrets import RecoveryCode, UsedPassword
from .told import Told
from .user import User

__all__ = [
    "OPEN_STATES",
    "AccountIssue",
    "Appointment",
    "AppointmentQuerySet",
    "Duty",
    "FormState",
    "HandedItem",
    "Handover",
    "Leave",
    "RecoveryCode",
    "RegisteredStaff",
    "RegistrationForm",
    "Told",
    "UsedPassword",
    "User",
]
