"""Who works here: the account, and the appointment that says where and as what. Import models from here."""

from .appointment import Appointment, AppointmentQuerySet, Duty
from .secrets import RecoveryCode, UsedPassword
from .user import User

__all__ = ["Appointment", "AppointmentQuerySet", "Duty", "RecoveryCode", "UsedPassword", "User"]
