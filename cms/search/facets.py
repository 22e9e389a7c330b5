"""How many results each narrower question has: by industry, district, entry and validity.

Counted is what is listed: a word that stands everywhere must not cost more than a page of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Coalesce

from pages.models import DistrictPage, Validity
from snippets.models import CatalogueEntry, Industry

from .kinds import PAGE_TYPES
from .narrowing import DIVISION_DIGITS, LABELS

if TYPE_CHECKING:
    from .found import Search
    from .kinds import Kind

# Longer lists are not read.
SHOWN = 12
COLUMNS = ("industry", "district", "entry", "validity")
Labels = Callable[[Iterable[Any]], dict[Any, tuple[str, str]]]


def facets(found: Search, kind: Kind | None) -> list[dict[str, Any]]:
    """Return the conditions a search may be narrowed by, each with its values and their numbers.

    One query for what was found, one more for each condition chosen, three for the names.
    """
    models = [PAGE_TYPES[kind]] if kind in PAGE_TYPES else list(PAGE_TYPES.values())
    whole = _facts(found, models, "") if kind in PAGE_TYPES or kind is None else []
    return [
        facet
        for column in COLUMNS
        if (
            facet := _facet(column, _facts(found, models, column) if column in found.narrowing.chosen else whole, found)
        )
    ]


def _facts(found: Search, models: list[Any], but: str) -> list[dict[str, Any]]:
    if not found.attempt:
        return []
    is_all = not but and len(models) == len(PAGE_TYPES)
    pages = found.all_pages if is_all else found.pages(models, but=but)
    return list(
        pages.get_queryset()
        .order_by()
        .values(
            industry=Coalesce("record__organisation__industry", "organisationpage__industry"),
            district=Coalesce("record__organisation__division_code", "organisationpage__division_code"),
            entry=F("record__entry"),
            validity=F("record__validity"),
        )
    )


def _facet(column: str, facts: list[dict[str, Any]], found: Search) -> dict[str, Any] | None:
    counted = Counter(fact[column] for fact in facts if fact[column])
    if column == "district":
        counted = _summed(counted, {code: code[:DIVISION_DIGITS] for code in counted})
    labels = _LABELS[column](counted)
    if column == "industry":
        # A branch counts as its sector.
        by_code: Counter[Any] = Counter()
        for pk, number in counted.items():
            by_code[labels[pk]] += number
        values = [(code, label, number) for (code, label), number in by_code.most_common(SHOWN)]
    else:
        values = [(*labels[value], number) for value, number in counted.most_common() if value in labels][:SHOWN]
    chosen = found.narrowing.chosen.get(column, "")
    if not chosen and len(values) < 2:
        return None
    return {
        "name": column,
        "title": LABELS[column],
        "values": [
            {"code": code, "title": label, "number": number, "current": code == chosen}
            for code, label, number in values
        ],
    }


def _summed(counted: Counter[Any], places: dict[Any, Any]) -> Counter[Any]:
    summed: Counter[Any] = Counter()
    for value, number in counted.items():
        summed[places[value]] += number
    return summed


def _industries(keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    found = Industry.objects.filter(pk__in=list(keys)).select_related("parent")
    return {each.pk: (each.sector.code, each.sector.display_title) for each in found}


def _districts(keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    found = DistrictPage.objects.live().filter(division_code__in=list(keys)).order_by("-locale_id")
    return {each.division_code: (each.division_code, each.title) for each in found}


def _entries(keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    found = CatalogueEntry.objects.filter(pk__in=list(keys))
    return {each.pk: (f"{each.catalogue}/{each.code}", str(each)) for each in found}


def _validities(keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    return {value: (value, str(Validity(value).label)) for value in keys}


_LABELS: dict[str, Labels] = {
    "industry": _industries,
    "district": _districts,
    "entry": _entries,
    "validity": _validities,
}
