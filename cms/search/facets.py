"""How many results each narrower question has: by industry, district, entry and validity.

Counted is what is listed: a word that stands everywhere must not cost more than a page of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from wagtail.search.utils import get_descendants_content_types_pks

from pages.models import DistrictPage, OrganisationPage, PublicationRecord, Validity
from snippets.models import CatalogueEntry, Industry

from .kinds import PAGE_TYPES
from .narrowing import DIVISION_DIGITS, LABELS

if TYPE_CHECKING:
    from .found import Search
    from .kinds import Kind

# Longer lists are not read.
SHOWN = 12
COLUMNS = ("industry", "district", "entry", "validity")
# As COLUMNS.
Fact = tuple[Any, Any, Any, Any]
Labels = Callable[[Iterable[Any]], dict[Any, tuple[str, str]]]


def facets(found: Search, kind: Kind | None) -> list[dict[str, Any]]:
    """Return the conditions a search may be narrowed by, each with its values and their numbers.

    Two queries for what was found, as many more for each condition chosen, three for the names.
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


def _facts(found: Search, models: list[Any], but: str) -> list[Fact]:
    """Return what is listed by COLUMNS: what is in the register, and organisations, which are not."""
    if not found.attempt:
        return []
    is_all = not but and len(models) == len(PAGE_TYPES)
    types = (found.all_pages if is_all else found.pages(models, but=but)).listed.types
    places = set(get_descendants_content_types_pks(OrganisationPage))
    organisations = [key for key, each in types.items() if each in places]
    records = PublicationRecord.objects.filter(page__in=types.keys() - organisations).order_by()
    facts: list[Fact] = list(
        records.values_list("organisation__industry", "organisation__division_code", "entry", "validity")
    )
    if organisations:
        among = OrganisationPage.objects.filter(pk__in=organisations).order_by()
        facts += [(*each, None, None) for each in among.values_list("industry", "division_code")]
    return facts


def _facet(column: str, facts: list[Fact], found: Search) -> dict[str, Any] | None:
    at = COLUMNS.index(column)
    counted = Counter(fact[at] for fact in facts if fact[at])
    if column == "district":
        counted = _summed(counted, {code: code[:DIVISION_DIGITS] for code in counted})
    if column == "entry":
        # Each has its name: those below need not be read.
        counted = Counter(dict(_most_first(counted)[:SHOWN]))
    labels = _LABELS[column](counted) if counted else {}
    if column == "industry":
        # A branch counts as its sector.
        by_code: Counter[Any] = Counter()
        for pk, number in counted.items():
            by_code[labels[pk]] += number
        values = [(code, label, number) for (code, label), number in _most_first(by_code)[:SHOWN]]
    else:
        values = [(*labels[value], number) for value, number in _most_first(counted) if value in labels][:SHOWN]
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


def _most_first(counted: Counter[Any]) -> list[tuple[Any, int]]:
    """Put equal numbers in an order too, the same each time."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0])))


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
    return {code: (code, title) for code, title in found.values_list("division_code", "title")}


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
