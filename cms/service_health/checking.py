"""One round of asking: what is due, a few of each host, within a few minutes."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from snippets.models import Maintenance

from .models import Watched
from .probes import Finding, Outcome, Probe, Target, probes
from .settling import settle
from .standing import note
from .telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

logger = logging.getLogger(__name__)
PER_HOST = 3
SECONDS = 240
BATCH = 500
# Another worker that asks at the same time leaves a row alone that long.
CLAIM = timedelta(minutes=10)
# So many hosts that are silent all at once, and no other: the fault is ours.
HOSTS = 3

Known = dict[tuple[str, str], tuple[Probe, Target]]


@dataclass(frozen=True)
class Answer:
    """What one row was answered."""

    row: Watched
    target: Target
    finding: Finding
    at: datetime


def check_due() -> int:
    """Ask what is due, settle what follows for the items, write to whom it concerns; return how many were asked."""
    if not settings.LINK_CHECK:
        return 0
    known = all_targets()
    new = bring_up_to_date(known)
    answers = list(_answers(_due(known), known))
    if is_our_own_fault(answers):
        logger.warning("No host answers: the network of this server is taken to be the fault, nothing is noted")
        answers = []
    _keep(answers)
    settle(known, {item for answer in answers for item in answer.target.items} | new)
    tell()
    return len(answers)


def all_targets() -> Known:
    """Return what every probe has to ask. What one probe fails to say does not hold up the others."""
    found: Known = {}
    for probe in probes():
        try:
            found |= {(probe.code, target.key): (probe, target) for target in probe.targets()}
        except Exception:
            logger.exception("The probe %s cannot say what there is to ask", probe.code)
    return found


def bring_up_to_date(known: Known) -> set[int]:
    """Add rows for what is new, due at once; forget what is asked no more. Return the items that are new here."""
    keys = {(probe, key): pk for pk, probe, key in Watched.objects.values_list("pk", "probe", "key")}
    now, new = timezone.now(), [pair for pair in known if pair not in keys]
    Watched.objects.bulk_create(
        [Watched(probe=probe, key=key, next_at=now) for probe, key in new], batch_size=BATCH, ignore_conflicts=True
    )
    gone = [pk for pair, pk in keys.items() if pair not in known]
    for start in range(0, len(gone), BATCH):
        Watched.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return {item for pair in new for item in known[pair][1].items}


def _due(known: Known) -> list[Watched]:
    """Return the rows whose turn it is, a few of each host; what is under maintenance is not asked."""
    now = timezone.now()
    resting = set(Maintenance.objects.running_at(now).values_list("item", flat=True))
    hosts: Counter[str] = Counter()
    chosen = []
    for row in Watched.objects.filter(next_at__lte=now).order_by("next_at", "pk").iterator(chunk_size=BATCH):
        pair = known.get((row.probe, row.key))
        if pair is None or (pair[1].items and pair[1].items <= resting):
            continue
        host = pair[1].host or row.probe
        hosts[host] += 1
        if hosts[host] <= PER_HOST:
            chosen.append(row)
        if len(chosen) >= settings.LINK_CHECK_MAX:
            break
    return chosen


def _answers(rows: Iterable[Watched], known: Known) -> Iterator[Answer]:
    """Ask one after the other, each host with a pause in between."""
    began, last = time.monotonic(), dict[str, float]()
    for row in rows:
        if time.monotonic() - began > SECONDS:
            return
        probe, target = known[row.probe, row.key]
        if not _claimed(row):
            continue
        _pause(last.get(target.host))
        finding = _asked(probe, target)
        last[target.host] = time.monotonic()
        yield Answer(row, target, finding, timezone.now())


def _claimed(row: Watched) -> bool:
    later = timezone.now() + CLAIM
    return bool(Watched.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=later))


def _pause(last: float | None) -> None:
    if last is not None:
        time.sleep(max(0.0, settings.LINK_CHECK_PAUSE - (time.monotonic() - last)))


def _asked(probe: Probe, target: Target) -> Finding:
    try:
        return probe.check(target)
    except Exception:
        logger.exception("The probe %s failed on %s", probe.code, target.host or target.key)
        return Finding(Outcome.UNSURE)


def is_our_own_fault(answers: list[Answer]) -> bool:
    """Did nobody answer at all, of several hosts?"""
    return all(each.finding.is_network for each in answers) and len({each.target.host for each in answers}) >= HOSTS


def _keep(answers: Iterable[Answer]) -> None:
    """Save what was answered, row by row; a row that has gone meanwhile is left."""
    for answer in answers:
        with transaction.atomic():
            row = Watched.objects.select_for_update().filter(pk=answer.row.pk).first()
            if row is not None:
                note(row, answer.finding, answer.at)
                row.save()
