"""Mark whatever rests on a change, in the transaction of the change."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from wagtail.models import Page

from ledger.changes import Change, changed

from ..models import Dependency, Era, PublicChange, StoredRead
from . import edge, topics

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP = Page.steplen
MARK = "UPDATE delivery_storedread SET is_fresh = FALSE, wanted = wanted + 1 WHERE id IN ({reads})"


@dataclass
class Mark:
    """What a change reaches: branches of the tree, lists over branches, topics, everything of an era."""

    pages: list[int] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    frame: bool = False
    everything: bool = False

    @property
    def reads(self) -> Q | None:
        """Return the condition that a stored read rests on it; None where single ones need not be asked.

        Each part is found by an index of its own: joined by "or", they would have every read looked at.
        """
        reads = StoredRead.objects.order_by()
        parts: list[Any] = []
        if self.branches:
            branches = reduce(or_, (Q(path__startswith=path) for path in self.branches))
            parts.append(reads.filter(branches).values("pk"))
        if self.above:
            parts.append(reads.filter(~Q(lists=""), lists__in=self.above).values("pk"))
        if self.topics:
            parts.append(Dependency.objects.order_by().filter(topic__in=self.topics).values("read"))
        if not parts:
            return None
        first, *others = parts
        return Q(pk__in=first.union(*others, all=True) if others else first)


def connect() -> None:
    """Listen."""
    changed.connect(on_changed, dispatch_uid="delivery.marking")


def on_changed(sender: Any, change: Change, **kwargs: Any) -> None:
    """Mark, and write the change down for those who come after the transaction."""
    if settings.STORED_READS:
        mark = mark_of(change)
        PublicChange.objects.create(change=asdict(mark))
        apply(mark)


def apply(mark: Mark) -> None:
    """Make stale what rests on it.

    What is at the edge goes now: until the end of this transaction nobody can put it back.
    """
    if mark.everything or mark.frame:
        moved = {"frame": F("frame") + 1} if not mark.everything else {"content": F("content") + 1}
        Era.objects.update(**moved)
        edge.clear()
    found = mark.reads
    if found is not None:
        _make_stale(found)
        if settings.EDGE_ROOT and not mark.everything:
            edge.remove(StoredRead.objects.filter(found).values_list("address", "variant"))


def _make_stale(found: Q) -> None:
    """Mark the reads in the order of their numbers: two that mark the same ones wait, and never for each other."""
    reads = StoredRead.objects.filter(found)
    if connection.vendor != "postgresql":
        reads.update(is_fresh=False, wanted=F("wanted") + 1)
        return
    in_order, values = reads.order_by("pk").select_for_update().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(MARK.format(reads=in_order), values)


def mark_of(change: Change) -> Mark:
    """Find out what a change reaches. One query where pages changed, one more where they are told by number."""
    named = set(change.topics)
    mark = Mark(
        pages=sorted(change.pages | change.entered),
        frame=topics.FRAME in named,
        everything=change.everything,
    )
    paths = change.paths | _paths_of(change.pages - change.placed)
    mark.branches = sorted(paths)
    if paths:
        named |= _read_family(mark, paths)
    # The frame is an era of every page, and a topic of what tells of it alone.
    mark.topics = sorted(named)
    return mark


def _paths_of(keys: set[int]) -> set[str]:
    """Return the paths of pages told by number only; those told as objects bring theirs."""
    return set(Page.objects.filter(pk__in=keys).values_list("path", flat=True)) if keys else set()


def _read_family(mark: Mark, paths: set[str]) -> set[str]:
    """Add the pages' other languages and whatever stands above them; return the topics their records have."""
    above = Page.objects.filter(path__in={step for path in paths for step in _steps(path)})
    record = ("record__organisation", "record__entry__catalogue", "record__entry__group_code", "noticepage")
    family = Page.objects.filter(translation_key__in=above.values("translation_key"))
    rows = list(family.values_list("pk", "path", "translation_key", *record))
    keys = {key for _pk, path, key, *_record in rows if path in paths}
    own = [row for row in rows if row[2] in keys]
    mark.branches = sorted({row[1] for row in own} | paths)
    mark.above = sorted({row[1] for row in rows} | {step for path in paths for step in _steps(path)})
    found = {topics.of(Page, row[0]) for row in own}
    for _pk, _path, _key, organisation, catalogue, group, notice in own:
        if organisation:
            found |= {topics.group(organisation, catalogue, group), topics.versions(organisation)}
            found |= {topics.notices_of(organisation)} if notice else set()
    return found


def _steps(path: str) -> Iterable[str]:
    return (path[:end] for end in range(STEP, len(path) + 1, STEP))
