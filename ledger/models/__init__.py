"""Events and letters."""

from .event import Event, Result
from .letter import Letter, MailState

__all__ = ["Event", "Letter", "MailState", "Result"]
