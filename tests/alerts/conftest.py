"""Answers that are stored, as in the tests of the store."""

from __future__ import annotations

from tests.delivery.stored.acts import stored

__all__ = ["stored"]
