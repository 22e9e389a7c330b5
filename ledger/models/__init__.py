"""Events, their seals, and letters."""

from .event import Event, Result
from .letter import DIGEST, Letter, MailState
from .preference import Delivery, MailPreference
from .seal import Seal

__all__ = ["DIGEST", "Delivery", "Event", "Letter", "MailPreference", "MailState", "Result", "Seal"]
