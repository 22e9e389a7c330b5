"""One by one: what fails does not stop the others."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

_Answer = TypeVar("_Answer")

logger = logging.getLogger(__name__)


def guarded(act: Callable[..., _Answer], *what: object) -> _Answer | None:
    """Act in a transaction, or a savepoint, of its own; what fails is undone and logged, and the answer is None."""
    try:
        with transaction.atomic():
            return act(*what)
    # It may fail in any way; whoever calls goes on with the next one, and comes back to this one later.
    except Exception:
        logger.exception("%s of %s failed", getattr(act, "__name__", act), what)
        return None
