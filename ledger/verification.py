"""Verify the chain of seals from its beginning, in bounded memory, and name the first broken link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from .chain import BEGINNING, digest_of
from .models import Event, Seal
from .sealing import unsealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BATCH = 1000
# The sequencer runs every few seconds: what is older than this and has no seal was kept from it.
GRACE = timedelta(hours=1)
PURGED = "audit.purged"


@dataclass(frozen=True)
class Anchor:
    """A number and its digest, kept elsewhere: whoever holds it knows that the chain up to there is the same."""

    sequence: int
    digest: str

    @classmethod
    def parse(cls, written: str) -> Anchor:
        """Read "123:abc…". Raises ValueError."""
        sequence, _colon, digest = written.strip().partition(":")
        if not sequence.isdecimal() or len(digest) != len(BEGINNING):
            raise ValueError(written)
        return cls(int(sequence), digest.lower())

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"


@dataclass(frozen=True)
class Verdict:
    """What was found: up to where the chain holds, how many links were looked at, and what is wrong behind it."""

    anchor: Anchor
    links: int
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Is the whole chain in order?"""
        return not self.problem


def verify(anchors: Sequence[Anchor] = ()) -> Verdict:
    """Walk along the chain, two queries for a thousand links; stop at the first that is broken.

    `anchors` are compared on the way: they alone show that somebody cut off the end and went on from there.
    """
    wanted = {anchor.sequence: anchor.digest for anchor in anchors}
    at, links = _start(), 0
    if problem := _compared(at, wanted):
        return Verdict(at, links, problem)
    for seal, event in _links():
        problem = _broken(seal, event, at)
        if problem:
            return Verdict(at, links, problem)
        at, links = Anchor(seal.sequence, seal.digest), links + 1
        if problem := _compared(at, wanted):
            return Verdict(at, links, problem)
    return Verdict(at, links, _behind(at, wanted))


def _start() -> Anchor:
    """Return where the chain begins: at nothing, or at what the last purge wrote down."""
    first = Seal.objects.order_by("sequence").first()
    if first is None or first.sequence == 1:
        return Anchor(0, BEGINNING)
    purge = Event.objects.filter(kind=PURGED, data__sequence=first.sequence - 1).order_by("-pk").first()
    return Anchor(first.sequence - 1, purge.data["digest"]) if purge else Anchor(0, BEGINNING)


def _links() -> Iterator[tuple[Seal, Event | None]]:
    reached = -1
    while seals := list(Seal.objects.filter(sequence__gt=reached).order_by("sequence")[:BATCH]):
        events = Event.objects.in_bulk([seal.event_id for seal in seals])
        for seal in seals:
            yield seal, events.get(seal.event_id)
        reached = seals[-1].sequence


def _broken(seal: Seal, event: Event | None, before: Anchor) -> str:
    expected = before.sequence + 1
    if seal.sequence != expected:
        return _("缺少第 %(number)s 号封存，其后是第 %(next)s 号。") % {"number": expected, "next": seal.sequence}
    names = {"number": seal.sequence, "event": seal.event_id}
    if event is None:
        return _("第 %(number)s 号封存的事件（编号 %(event)s）不见了。") % names
    if digest_of(seal, event, before.digest) != seal.digest:
        return _("第 %(number)s 号对不上：事件（编号 %(event)s）或其封存被改动过。") % names
    return ""


def _compared(at: Anchor, wanted: dict[int, str]) -> str:
    digest = wanted.pop(at.sequence, at.digest)
    if digest == at.digest:
        return ""
    return _("第 %(number)s 号与另存的锚点不同：链条在此之前被重做过。") % {"number": at.sequence}


def _behind(at: Anchor, wanted: dict[int, str]) -> str:
    """Look behind the end: an anchor that lies there, and old events that nobody sealed."""
    if beyond := sorted(number for number in wanted if number > at.sequence):
        names = {"number": beyond[0], "last": at.sequence}
        return _("锚点的第 %(number)s 号不存在，链条只到第 %(last)s 号：末尾被截去。") % names
    left = unsealed().filter(at__lt=timezone.now() - GRACE).order_by("pk").first()
    if left is not None:
        return _("事件（编号 %(event)s）没有封存，却已超过一小时。") % {"event": left.pk}
    return ""
