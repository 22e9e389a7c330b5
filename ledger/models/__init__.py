"""Events and letters."""

from .event import Event, Result
from .letter import DIGEST, Letter, MailState
from .preference import Delivery, MailPreference

__all__ = ["DIGEST", "Delivery", "Event", "Letter", "MailPreference", "MailState", "Result"]
