"""The fixtures of stored reads."""

from .acts import kept, stored, told

__all__ = ["kept", "stored", "told"]
