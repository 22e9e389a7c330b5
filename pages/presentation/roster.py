"""The public roster (名录, §4.1.11): every organisation with its code, superior, state, basis and date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from snippets.models import Industry

from ..catalogue_routes import serve_roster
from ..exports import Table, file_response
from ..identity import sources
from ..levels import Level
from ..models import CityPortalPage, DistrictPage, OrganisationPage, RosterEntry, RosterState
from .filters import Filters, code_field, listed
from .generated import generated
from .reader import Reader
from .rows import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponseBase

STATE_KINDS = {RosterState.SUSPENDED: "warn", RosterState.WITHDRAWN: "none", RosterState.PROPOSED: "none"}
# The district filter's code for what stands directly under the city.
CITY = "city"
CHUNK = 500


@serve_roster.register(CityPortalPage)
def roster(page: CityPortalPage, request: HttpRequest, file_type: str) -> HttpResponseBase:
    """Serve the roster, narrowed by district, industry, state or name; as a page or as a file."""
    reader = Reader(request)
    filters, entries = narrowed(request)
    if file_type:
        return file_response(request, as_table(entries), file_type)
    found = listed(request, entries)
    query = request.GET.copy()
    query.pop("page", None)
    description = _("全部收录单位的机构代码、主管部门、行业、状态、依据和日期。")
    context = {
        **generated(page, request, [{"title": _("收录单位名录"), "url": None}], description),
        "filters": filters,
        "list_page": found,
        "number": found.paginator.count,
        # The masthead counts these only.
        "included": entries.filter(state=RosterState.INCLUDED).count(),
        "rows": rows(reader, list(found)),
        "files": files(f"{reader.url(page)}roster", query.urlencode()),
    }
    return TemplateResponse(request, "pages/roster.html", context)


def narrowed(request: HttpRequest) -> tuple[Filters, QuerySet[RosterEntry]]:
    """Return the filters and the entries they leave, in the order of the tree. Two queries for the choices."""
    districts = {
        each.division_code or each.slug: each for each in sources(DistrictPage.objects.live()).order_by("path")
    }
    industries = {each.code: each for each in Industry.objects.select_related("parent")}
    filters = Filters(
        request,
        {
            "q": forms.CharField(
                label=gettext_lazy("名称或代码"),
                max_length=50,
                required=False,
                widget=forms.TextInput(attrs={"class": "input", "type": "search"}),
            ),
            "division": code_field(
                gettext_lazy("地区"), [(CITY, _("市级")), *((code, name(page)) for code, page in districts.items())]
            ),
            "industry": code_field(gettext_lazy("行业"), _industry_choices(industries.values())),
            "state": code_field(gettext_lazy("状态"), RosterState.choices),
        },
    )
    scope = _named(filters.chosen("q")) & _placed(filters.chosen("division"), districts)
    if industry := industries.get(filters.chosen("industry")):
        scope &= Q(organisation__industry=industry) | Q(organisation__industry__parent=industry)
    if state := filters.chosen("state"):
        scope &= Q(state=state)
    entries = RosterEntry.objects.filter(scope).select_related("organisation__industry")
    return filters, entries.order_by("organisation__path")


def _named(text: str) -> Q:
    if not text:
        return Q()
    return (
        Q(organisation__title__icontains=text) | Q(organisation__short_name__icontains=text) | Q(code__icontains=text)
    )


def _placed(code: str, districts: dict[str, DistrictPage]) -> Q:
    if code == CITY:
        return ~Q(*(Q(organisation__path__startswith=page.path) for page in districts.values()), _connector=Q.OR)
    return Q(organisation__path__startswith=districts[code].path) if code in districts else Q()


def _industry_choices(industries: Iterable[Industry]) -> list[tuple[str, str]]:
    """Return the sectors, each followed by its branches."""
    ordered = list(industries)
    return [
        (each.code, f"　{each.display_title}" if each.parent_id else each.display_title)
        for sector in ordered
        if not sector.parent_id
        for each in [sector, *(branch for branch in ordered if branch.parent_id == sector.pk)]
    ]


def rows(reader: Reader, entries: list[RosterEntry]) -> list[dict[str, Any]]:
    """Describe entries with links to the organisation and its superior. One query, one more abroad."""
    parents = _superiors(entries)
    shown = reader.translated([*(entry.organisation for entry in entries), *parents.values()])
    return [
        {
            "code": entry.code,
            "organisation": _link(reader, shown[entry.organisation_id]),
            "level": level_of(entry.organisation),
            "superior": (superior := parents.get(_parent_path(entry))) and _link(reader, shown[superior.pk]),
            "industry": entry.organisation.industry.display_title if entry.organisation.industry else "",
            "state": entry.get_state_display(),
            "state_kind": STATE_KINDS.get(RosterState(entry.state), ""),
            "basis": entry.basis,
            "since": entry.since,
        }
        for entry in entries
    ]


def _link(reader: Reader, page: Page) -> dict[str, Any]:
    """Return a link; an organisation that is not public (yet, or any more) is named without one."""
    return {**reader.link(page), "url": reader.url(page) if page.live else ""}


def _superiors(entries: Iterable[RosterEntry]) -> dict[str, Page]:
    """Return the superiors of organisations by path: the table of levels puts each right under its superior."""
    pages = Page.objects.filter(path__in={_parent_path(entry) for entry in entries}, depth__gt=1)
    return {page.path: page for page in pages}


def _parent_path(entry: RosterEntry) -> str:
    return str(entry.organisation.path[: -Page.steplen])


def level_of(organisation: OrganisationPage) -> str:
    """Say on which storey an organisation stands; content types are kept in memory, so this asks nobody."""
    level = getattr(organisation.specific_class, "level", "")
    return str(Level(level).label) if level else ""


def files(address: str, query: str) -> list[dict[str, str]]:
    """Return the roster as files, narrowed as the page is."""
    behind = f"?{query}" if query else ""
    return [
        {"title": _("下载表格"), "url": f"{address}.xlsx{behind}", "type": "xlsx"},
        {"title": _("下载数据"), "url": f"{address}.csv{behind}", "type": "csv"},
    ]


def as_table(entries: QuerySet[RosterEntry]) -> Table:
    """Return the roster as a table: one row for each organisation, read in chunks."""
    columns = [
        (_("机构代码"), 24),
        (_("名称"), 40),
        (_("简称"), 20),
        (_("统一社会信用代码"), 22),
        (_("类型"), 18),
        (_("上级"), 32),
        (_("行业"), 20),
        (_("行政区划代码"), 14),
        (_("状态"), 10),
        (_("依据"), 40),
        (_("日期"), 12),
    ]
    # Only those that have somebody below them can be a superior: a tenth of all.
    superiors = dict(OrganisationPage.objects.filter(numchild__gt=0).values_list("path", "title"))
    return Table(_("收录单位名录"), columns, _cells(entries, superiors))


def _cells(entries: QuerySet[RosterEntry], superiors: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for entry in entries.iterator(chunk_size=CHUNK):
        organisation = entry.organisation
        yield (
            entry.code,
            organisation.title,
            organisation.short_name,
            organisation.credit_code,
            level_of(organisation),
            superiors.get(_parent_path(entry), ""),
            organisation.industry.display_title if organisation.industry else "",
            organisation.division_code,
            str(entry.get_state_display()),
            entry.basis,
            entry.since,
        )
