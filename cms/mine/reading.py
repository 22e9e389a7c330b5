"""What a choice brings: scopes of the register and of the notices, and the rows of the page."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from pages.identity import sources
from pages.models import NoticeKind, OrganisationPage, OrganisationPhone
from pages.presentation import reads
from pages.presentation.rows import disclosure_rows, notice_rows
from rules.divisions import around

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pages.presentation import Reader

    from .choice import Choice

OUTAGES = (NoticeKind.PLANNED_OUTAGE, NoticeKind.EMERGENCY)
OUTAGES_SHOWN, NOTICES_SHOWN, DISCLOSURES_SHOWN = 20, 10, 20
CANDIDATES_SHOWN = 20


def records_of(choice: Choice) -> Q:
    """Scope the public register to a choice."""
    return _scope(choice, "organisation", "page__noticepage__division_codes")


def notices_of(choice: Choice) -> Q:
    """Scope the notices to a choice."""
    return _scope(choice, "record__organisation", "division_codes")


def _scope(choice: Choice, organisation: str, named: str) -> Q:
    """Scope to the units chosen, and to the industries within the districts.

    An organisation of the city serves all districts: where industries are chosen as well, it counts to each, except
    for a notice that names other districts. Without industries it counts where its notice names the district, or what
    comprises it. (`touching` asks the same of one outage and many choices, without the database.)
    """
    scopes = [Q(**{f"{organisation}__in": [unit.pk for unit in choice.units]})] if choice.units else []
    industry = Q(**{f"{organisation}__industry__in": choice.industry_ids}) if choice.industries else Q()
    if choice.districts:
        within = _any(Q(**{f"{organisation}__path__startswith": each.path}) for each in choice.districts)
        codes = {code for each in choice.districts for code in around(each.division_code)}
        names = _any(Q(**{f"{named}__contains": code}) for code in sorted(codes))
        silent = Q(**{named: ""}) | Q(**{f"{named}__isnull": True})
        city = ~_any(Q(**{f"{organisation}__path__startswith": each.path}) for each in choice.every_district)
        scopes.append(industry & (within | names | (city & silent)) if choice.industries else within | names)
    elif choice.industries:
        scopes.append(industry)
    return _any(scopes)


def _any(scopes: Iterable[Q]) -> Q:
    """Join scopes; of none there is nothing."""
    return reduce(or_, scopes, Q(pk__in=[]))


def results(choice: Choice, reader: Reader, now: datetime) -> dict[str, Any]:
    """Return what the page shows of a choice: outages first. A fixed number of queries."""
    scope = notices_of(choice)
    return {
        "outages": notice_rows(reader, reads.notices_now(scope & Q(kind__in=OUTAGES), now, OUTAGES_SHOWN), now),
        "notices": notice_rows(reader, reads.notices_now(scope & ~Q(kind__in=OUTAGES), now, NOTICES_SHOWN), now),
        "disclosures": disclosure_rows(reader, reads.latest_disclosures(records_of(choice), DISCLOSURES_SHOWN)),
        "units": unit_rows(choice, reader),
    }


def unit_rows(choice: Choice, reader: Reader) -> list[dict[str, Any]]:
    """Return the units chosen, each with the number to ring: the hotline first. One query, one more abroad."""
    if not choice.units:
        return []
    phones = OrganisationPhone.objects.filter(page__in=[unit.pk for unit in choice.units])
    numbers: dict[int, str] = {}
    for page, number in phones.order_by("page", "-is_hotline", "sort_order").values_list("page", "number"):
        numbers.setdefault(page, number)
    shown = reader.translated(choice.units)
    return [
        {**reader.link(shown[unit.pk]), "code": unit.code, "phone": numbers.get(unit.pk, "")}
        for unit in sorted(choice.units, key=lambda each: each.path)
    ]


def candidates(words: str, choice: Choice, reader: Reader) -> list[dict[str, Any]]:
    """Return the units whose name holds some words, or whose code they are, to be chosen."""
    taken = [unit.pk for unit in choice.units]
    found = sources(OrganisationPage.objects.live()).filter(roster__isnull=False).exclude(pk__in=taken)
    found = found.filter(Q(title__icontains=words) | Q(short_name__icontains=words) | Q(roster__code=words))
    units = list(found.select_related("roster").order_by("path")[:CANDIDATES_SHOWN])
    shown = reader.translated(units)
    return [{**reader.link(shown[unit.pk]), "code": unit.roster.code} for unit in units]
