"""Say that something the public sees has changed, in the transaction in which it changes.

Whoever keeps rendered answers listens (`changed`). Places are told by tree path, everything else by a topic.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.dispatch import Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Sent with `change`, inside the transaction.
changed = Signal()


@dataclass
class Change:
    """What changed: pages by number and by tree path, other things by topic, or everything there is.

    `entered` are new pages, whose places are told by that of their parent: many of them cost what one does.
    """

    pages: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    # The pages among them whose path is told.
    placed: set[int] = field(default_factory=set)
    entered: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.pages or self.paths or self.entered or self.topics or self.everything)

    def add(self, other: Change) -> None:
        """Take another change in."""
        self.pages |= other.pages
        self.paths |= other.paths
        self.placed |= other.placed
        self.entered |= other.entered
        self.topics |= other.topics
        self.everything = self.everything or other.everything


_gathered: ContextVar[Change | None] = ContextVar("gathered", default=None)


def topic_of(model: Any, key: Any) -> str:
    """Return the topic of one row of a model."""
    return f"{model._meta.label_lower}:{key}"


def announce(
    *pages: Any,
    keys: Any = (),
    entered: Any = (),
    topics: Any = (),
    everything: bool = False,
) -> None:
    """Tell of a change: `pages` as objects, `keys` as numbers of pages whose objects are not at hand.

    Within `gathering` it is told at the end, once.
    """
    placed = {page.pk for page in pages}
    change = Change(
        placed | set(keys),
        {page.path for page in pages},
        placed,
        set(entered),
        set(topics),
        everything,
    )
    gathered = _gathered.get()
    if gathered is not None:
        gathered.add(change)
    elif change:
        _tell(change)


@contextmanager
def gathering() -> Iterator[None]:
    """Tell once, at the end and in the same transaction, of all that changes within. Nested ones join the outer."""
    if _gathered.get() is not None:
        yield
        return
    change = Change()
    with _one_transaction():
        token = _gathered.set(change)
        try:
            yield
        finally:
            _gathered.reset(token)
        if change:
            _tell(change)


def _tell(change: Change) -> None:
    # What is told stands and falls with what happened: never one without the other.
    with _one_transaction():
        changed.send(sender=None, change=change)


def _one_transaction() -> AbstractContextManager[Any]:
    """Open one, unless one is open: a second would cost savepoints, and undo less than all."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()
