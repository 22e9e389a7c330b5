"""The page of an industry or branch: its units across the whole tree."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from snippets.models import CatalogueEntry, Industry
from snippets.wording import in_language

from ..identity import sources
from ..industry_templates import catalogues as installed_catalogues
from ..models import DepartmentPage, DistrictPage, IndustryPage
from . import reads
from .dispatch import present
from .filters import CodeFilter, listed
from .organisation import office_item
from .reader import Reader
from .rows import disclosure_rows, name, notice_rows, organisation_rows
from .services import service_links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from ..models import UnitPage

# The code of the units that stand under no district.
CITY = "city"
NOTICES_SHOWN, DISCLOSURES_SHOWN, SERVICES_SHOWN = 6, 6, 12


@present.register(IndustryPage)
def industry_context(page: IndustryPage, request: HttpRequest) -> dict[str, Any]:
    """Return the units by district, and what is new, asked for and owed in this industry."""
    reader, now, industry = Reader(request), timezone.now(), page.industry
    branches = list(industry.branches.all())
    ids = [industry.pk, *(branch.pk for branch in branches)]
    numbers = reads.unit_counts(Q(industry__in=ids))
    catalogue = catalogues([each for each in (industry, *branches) if each.pk in numbers] or branches or [industry])
    office = supervising_office(industry)
    newest = reads.latest_disclosures(Q(organisation__industry__in=ids), DISCLOSURES_SHOWN)
    notices = reads.notices_now(Q(record__organisation__industry__in=ids), now, NOTICES_SHOWN)
    return {
        "kicker": kicker(industry),
        "lead": page.introduction or industry.display_summary,
        "character": industry.sector.door,
        "facts": office_fact(office, reader) + facts(industry, sum(numbers.values()), catalogue),
        "office": office and office_item(office, reader),
        **units_by_district(ids, reader),
        "branches": branch_links(branches, numbers, reader),
        "notices": notice_rows(reader, notices, now),
        "disclosures": disclosure_rows(reader, newest),
        "services": service_links(reader, Q(industry__in=ids), SERVICES_SHOWN),
        "catalogues": catalogue,
        "catalogue_url": f"{reader.url(page)}catalogue/",
    }


def kicker(industry: Industry) -> list[str]:
    """Return what stands above the name: the sector of a branch, and whether the law names it."""
    texts = [industry.sector.display_title if industry.parent_id else _("行业")]
    return [*texts, _("政府信息公开条例第五十五条所列")] if industry.sector.is_statutory else texts


def supervising_office(industry: Industry) -> DepartmentPage | None:
    """Return the office that supervises the industry: the city's own where there is one."""
    offices = sources(DepartmentPage.objects.filter(industry__in=[industry.pk, industry.sector.pk]).live())
    office: DepartmentPage | None = offices.order_by("depth", "path").first()
    return office


def office_fact(office: DepartmentPage | None, reader: Reader) -> list[dict[str, Any]]:
    """Return the supervising office as the first fact."""
    return [{"label": _("主管部门"), "value": name(office), "url": reader.url(office)}] if office else []


def facts(industry: Industry, units: int, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return by which rule the industry discloses, and how much there is."""
    # Several catalogues have no common number.
    entries = found[0]["number"] if len(found) == 1 else 0
    items: list[dict[str, Any]] = [
        {"label": _("公开依据"), "value": industry.rule or industry.sector.rule},
        {"label": _("纳入单位"), "value": _units(units)},
        {"label": _("目录事项"), "value": entries and _entries(entries)},
    ]
    return [item for item in items if item["value"]]


def _units(number: int) -> str:
    return ngettext("%(number)s 家", "%(number)s 家", number) % {"number": intcomma(number, False)} if number else ""


def _entries(number: int) -> str:
    return ngettext("%(number)s 项", "%(number)s 项", number) % {"number": number}


def catalogues(branches: Sequence[Industry]) -> list[dict[str, Any]]:
    """Return the catalogues that rule these branches: title, number of entries, and the groups as words. One query."""
    titles = {
        code: in_language(catalogue.title, catalogue.title_en) for code, catalogue in installed_catalogues().items()
    }
    entries = CatalogueEntry.objects.filter(catalogue__in={branch.catalogue_code for branch in branches})
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries.valid(timezone.localdate()).order_by("catalogue", "order", "code"):
        groups[entry.catalogue][entry.display_group] += 1
    return [
        {
            "title": titles.get(code, code),
            "number": sum(found.values()),
            "note": _entries(sum(found.values())),
            "groups": [{"title": title, "note": _entries(number)} for title, number in found.items()],
        }
        for code, found in groups.items()
    ]


def branch_links(branches: Sequence[Industry], numbers: dict[int | None, int], reader: Reader) -> list[dict[str, Any]]:
    """Return the pages of the branches, each with its number of units. One query."""
    pages = [page for page in reads.industry_pages() if page.industry in branches]
    shown = reader.translated(pages)
    return [
        {
            "title": page.industry.display_title,
            "url": reader.url(shown[page.pk]),
            "note": _units(numbers.get(page.industry_id, 0)),
        }
        for page in pages
    ]


def units_by_district(industries: Sequence[int], reader: Reader) -> dict[str, Any]:
    """Return the units page by page, under the name of their district, and the filter by district."""
    districts = list(sources(DistrictPage.objects.live()).order_by("path"))
    whens = [When(path__startswith=district.path, then=Value(place)) for place, district in enumerate(districts, 1)]
    units = reads.units_within(Q(industry__in=industries)).annotate(place=Case(*whens, default=Value(0)))
    numbers = dict(units.order_by().values_list("place").annotate(number=Count("pk")))
    places = [(CITY, _("市级")), *((each.division_code or each.slug, name(each)) for each in districts)]
    choices = [(code, f"{title} {numbers[place]}") for place, (code, title) in enumerate(places) if place in numbers]
    district_filter = CodeFilter(reader.request, "division", gettext_lazy("地区"), choices)
    if chosen := district_filter.chosen:
        units = units.filter(place=[code for code, _title in places].index(chosen))
    page = listed(reader.request, units.select_related("industry").order_by("place", "path"))
    return {
        "unit_filter": district_filter if len(choices) > 1 else None,
        "unit_page": page,
        "unit_groups": _grouped(list(page.object_list), [title for _code, title in places], reader),
    }


def _grouped(units: list[UnitPage], titles: list[str], reader: Reader) -> list[dict[str, Any]]:
    rows = organisation_rows(reader, units)
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for unit, row in zip(units, rows, strict=True):
        groups[unit.place].append(row)
    return [{"title": titles[place], "rows": found} for place, found in groups.items()]
