"""The fixtures of stored reads."""

from .acts import kept, stored

__all__ = ["kept", "stored"]
