"""The public catalogue of an industry: what its units must disclose, how many have, and which of them owe what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from rules.update_rules import State

from ..catalogue_routes import serve_catalogue
from ..exports import Table, file_response
from ..industry_templates import catalogues
from ..models import IndustryPage, UnitPage
from ..standing import Standing, standings
from . import times
from .catalogue import ENTRY_COLUMNS, entry_cells, entry_facts, files, shared_basis
from .filters import listed
from .generated import Link, generated
from .notes import industry_notes, template_notes
from .reader import Reader
from .rows import name

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponseBase

    from snippets.models import Industry

# Who owes comes first, then who has nothing yet, then the others.
ORDER = [State.OVERDUE, State.OWED, State.DUE_SOON, State.CURRENT, State.OPTIONAL]


@serve_catalogue.register(IndustryPage)
def industry_catalogue(page: IndustryPage, request: HttpRequest, file_type: str) -> HttpResponseBase:
    """Serve an industry's catalogue: whole, one entry of it (`?catalogue=water&entry=B01`), or as a file."""
    reader, today = Reader(request), timezone.localdate()
    found = standings(branches_of(page.industry), today)
    if file_type:
        return file_response(request, as_table(page, found), file_type)
    wanted = (request.GET.get("catalogue", ""), request.GET.get("entry", ""))
    standing = next((each for each in found if (each.entry.catalogue, each.entry.code) == wanted), None)
    if standing:
        context = one_entry(page, reader, standing, today)
        return TemplateResponse(request, "pages/industry_entry.html", context)
    context = {**whole(page, reader, found), "unknown_entry": wanted[1]}
    return TemplateResponse(request, "pages/industry_catalogue.html", context)


def branches_of(industry: Industry) -> list[Industry]:
    """Return an industry with its branches, each knowing its parent. One query."""
    branches = list(industry.branches.all())
    for branch in branches:
        branch.parent = industry
    return [industry, *branches]


def whole(page: IndustryPage, reader: Reader, found: list[Standing]) -> dict[str, Any]:
    """Return the catalogues of an industry by groups, with their notes."""
    url, title = f"{reader.url(page)}catalogue/", _("%(name)s公开目录") % {"name": name(page)}
    description = _("%(name)s的单位应当公开的全部事项、依据和公开情况。") % {"name": page.title}
    codes = list(dict.fromkeys(each.entry.catalogue for each in found))
    own_notes = page.notes or industry_notes(page.industry)
    return {
        **generated(page, reader.request, [{"title": _("公开目录"), "url": None}], description),
        "title": title,
        "industry": {"title": page.title, "url": reader.url(page), "lang": reader.tag(page)},
        "catalogues": [one_catalogue([each for each in found if each.entry.catalogue == code], url) for code in codes],
        "files": files(url),
        "rule": page.industry.rule or page.industry.sector.rule,
        "notes": [note for code in codes for note in template_notes(code)],
        "industry_notes": own_notes,
    }


def one_catalogue(found: list[Standing], url: str) -> dict[str, Any]:
    """Return one catalogue by groups, with the number of units that have and owe each entry."""
    code = found[0].entry.catalogue
    basis = shared_basis([each.entry for each in found])
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        address = f"{url}?catalogue={code}&entry={each.entry.code}"
        row = {**entry_facts(each.entry, basis), "have": each.have, "owe": each.owe, "total": each.total}
        groups.setdefault(each.entry.display_group, []).append({**row, "url": address})
    declared = catalogues().get(code)
    return {
        "code": code,
        "title": declared.title if declared else code,
        "units": max(each.total for each in found),
        "basis": basis,
        "groups": [{"title": title, "rows": rows} for title, rows in groups.items()],
    }


def one_entry(page: IndustryPage, reader: Reader, standing: Standing, on: date) -> dict[str, Any]:
    """Return how each unit stands with one entry, page by page; who owes comes first."""
    url, entry = f"{reader.url(page)}catalogue/", standing.entry
    ordered = sorted(standing.states, key=lambda pk: ORDER.index(standing.states[pk]))
    found = listed(reader.request, ordered)
    units = UnitPage.objects.in_bulk(found.object_list)
    shown = reader.translated(units.values())
    way: list[Link] = [
        {"title": _("公开目录"), "url": url},
        {"title": f"{entry.code} {entry.display_title}", "url": None},
    ]
    return {
        **generated(page, reader.request, way, entry.display_title),
        "entry": entry_facts(entry),
        "group": entry.display_group,
        "industry": reader.link(page),
        "have": standing.have,
        "owe": standing.owe,
        "total": standing.total,
        "list_page": found,
        "rows": [
            {
                **reader.link(shown[pk], name(shown[pk])),
                "url": f"{reader.url(shown[pk])}catalogue/#{entry.code}",
                **_state(standing, pk, on),
            }
            for pk in found
            if pk in shown
        ],
    }


def _state(standing: Standing, pk: int, on: date) -> dict[str, str]:
    """Say how a unit stands, as row_unit.html takes it."""
    last = standing.last.get(pk)
    note = _("最近公开：%(date)s") % {"date": times.day(last, on)} if last else _("尚未公开")
    words = {
        State.OVERDUE: (_("已逾期"), "bad"),
        State.DUE_SOON: (_("将到期"), "warn"),
        State.OWED: (_("期限未到") if standing.entry.cycle in {"yearly", "periodic", "on_change"} else "", "none"),
    }
    label, kind = words.get(standing.states[pk], ("", ""))
    return {"status": label, "status_kind": kind, "note": note}


def as_table(page: IndustryPage, found: list[Standing]) -> Table:
    """Return the catalogues as a table: one row for each entry."""
    columns = [
        (_("目录"), 20),
        *ENTRY_COLUMNS,
        (_("单位数"), 8),
        (_("已公开单位"), 10),
        (_("逾期单位"), 10),
    ]
    title = _("%(name)s公开目录") % {"name": page.title}
    declared = catalogues()
    return Table(title, columns, [_cells(each, declared) for each in found])


def _cells(each: Standing, declared: dict[str, Any]) -> tuple[Any, ...]:
    catalogue = declared.get(each.entry.catalogue)
    return (
        catalogue.title if catalogue else each.entry.catalogue,
        *entry_cells(each.entry),
        each.total,
        each.have,
        each.owe,
    )
