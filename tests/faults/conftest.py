"""The fixtures of the faults."""

from tests.delivery.stored.acts import kept, stored

__all__ = ["kept", "stored"]
