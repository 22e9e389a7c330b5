"""How many are subscribed to what: numbers, and none so small that somebody could be meant by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from cms.mine.choice import DISTRICT, INDUSTRY, UNIT, district_code
from pages.identity import sources
from pages.models import DistrictPage, RosterEntry
from pages.presentation.rows import name
from snippets.models import Industry

from .models import Subscription

# Fewer are not told apart from none.
FEWEST = 5
MOST_ROWS = 100


@dataclass(frozen=True)
class Counted:
    """The numbers of one kind of choice, the greatest first."""

    rows: list[tuple[str, int]]
    # So many more are chosen by too few to be told.
    hidden: int


def counted() -> dict[str, Any]:
    """Count the confirmed subscriptions by what they choose. Five queries, whatever their number."""
    found: dict[str, Counter[str]] = {INDUSTRY: Counter(), DISTRICT: Counter(), UNIT: Counter()}
    total = urgent = 0
    confirmed = Subscription.objects.filter(confirmed_at__isnull=False)
    for choice, is_urgent in confirmed.values_list("choice", "urgent").iterator():
        total, urgent = total + 1, urgent + is_urgent
        codes = parse_qs(choice)
        for kind, counter in found.items():
            counter.update(set(codes.get(kind, ())))
    return {
        "total": _told(total),
        "urgent": _told(urgent),
        "fewest": FEWEST,
        "industries": _rows(found[INDUSTRY], {each.code: each.display_title for each in Industry.objects.all()}),
        "districts": _rows(found[DISTRICT], _districts()),
        "units": _rows(found[UNIT], _units(found[UNIT])),
    }


def _told(number: int) -> int | None:
    """Return a number that may be told; None for one that is too small."""
    return number if number >= FEWEST or not number else None


def _rows(counter: Counter[str], titles: dict[str, str]) -> Counted:
    enough = [(titles.get(code, code), number) for code, number in counter.most_common() if number >= FEWEST]
    return Counted(enough[:MOST_ROWS], len(counter) - len(enough))


def _districts() -> dict[str, str]:
    return {district_code(each): name(each) for each in sources(DistrictPage.objects.all())}


def _units(counter: Counter[str]) -> dict[str, str]:
    codes = [code for code, number in counter.most_common(MOST_ROWS) if number >= FEWEST]
    rows = RosterEntry.objects.filter(code__in=codes).select_related("organisation")
    return {row.code: name(row.organisation) for row in rows}
