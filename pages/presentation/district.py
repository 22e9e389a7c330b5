"""The page of a district: its offices and streets, its units by industry, what is new in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import Substr
from django.utils import timezone

from ..identity import sources
from ..models import DepartmentPage, DistrictPage, OfficeKind
from . import reads
from .disclosed import Disclosed
from .dispatch import present
from .organisation import base_context
from .reader import Reader
from .rows import disclosure_rows, name

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..models import OrganisationPage

DISCLOSURES_SHOWN = 6


@present.register(DistrictPage)
def district_context(page: DistrictPage, request: HttpRequest) -> dict[str, Any]:
    """Return offices, streets, industries, and the newest of all below the district."""
    reader = Reader(request)
    context = base_context(page, reader, with_all_below=True)
    source = context["source"]
    offices, streets = offices_of(source, reader)
    disclosed = Disclosed.by(source, reader, context["catalogue_url"])
    newest = reads.latest_disclosures(reads.records_below(source), DISCLOSURES_SHOWN)
    return {
        **context,
        "offices": offices,
        "streets": streets,
        "industries": industries_of(source, reader),
        "disclosures": disclosure_rows(reader, newest),
        "summary": disclosed.summary(),
        "groups": disclosed.groups(),
        "owed": disclosed.owed(timezone.localdate()),
    }


def offices_of(district: OrganisationPage, reader: Reader) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the departments, and the streets and towns, each with its number of units. Two queries."""
    offices = list(sources(DepartmentPage.objects.child_of(district).live()).order_by("path"))
    shown, numbers = reader.translated(offices), _units_by_parent(district)
    departments: list[dict[str, Any]] = []
    streets: list[dict[str, Any]] = []
    for office in offices:
        page = shown[office.pk]
        kin = departments if office.office_kind == OfficeKind.DEPARTMENT else streets
        kin.append({"title": name(page), "url": reader.url(page), "number": numbers[office.path] or None})
    return departments, streets


def _units_by_parent(district: OrganisationPage) -> Counter[str]:
    office = Substr("path", 1, len(district.path) + DepartmentPage.steplen)
    units = reads.units_within(reads.below(district)).order_by().annotate(office=office)
    return Counter(dict(units.values_list("office").annotate(number=Count("pk"))))


def industries_of(district: OrganisationPage, reader: Reader) -> list[dict[str, Any]]:
    """Return the industries with units in the district; the links lead to those units."""
    numbers = reads.unit_counts_by_sector(reads.below(district))
    pages = [page for page in reads.industry_pages() if page.industry_id in numbers]
    shown = reader.translated(pages)
    query = f"?division={district.division_code}" if district.division_code else ""
    return [
        {
            "title": page.industry.display_title,
            "url": f"{reader.url(shown[page.pk])}{query}",
            "number": numbers[page.industry_id],
        }
        for page in pages
    ]
