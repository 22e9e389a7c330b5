"""The public catalogue (公开目录) of an organisation: every entry, what is there and what is owed; and as a file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blocks.kinds import ContentKind
from rules.update_rules import State

from ..catalogue_routes import serve_catalogue
from ..completeness import FOREMOST, catalogue_lines, grouped, public_records
from ..exports import Table, file_response
from ..identity import source_of
from ..models import OrganisationPage
from . import times
from .disclosed import ANCHORS, Disclosed
from .filters import listed
from .generated import Link, generated
from .notes import industry_notes, template_notes
from .organisation import superior_item
from .reader import Reader
from .rows import name, record_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponseBase

    from snippets.models import CatalogueEntry

    from ..completeness import Line

# Head and width of the columns that describe an entry, in files.
ENTRY_COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("类别"), 16),
    (gettext_lazy("事项"), 44),
    (gettext_lazy("应当公开"), 10),
    (gettext_lazy("内容形式"), 12),
    (gettext_lazy("更新时限"), 20),
    (gettext_lazy("公开方式"), 12),
    (gettext_lazy("公开期限"), 12),
    (gettext_lazy("依据"), 40),
    (gettext_lazy("政府网站分类号"), 14),
]
# More than this of one entry stand on a page of their own.
RECORDS_SHOWN = FOREMOST


@serve_catalogue.register(OrganisationPage)
def organisation_catalogue(page: OrganisationPage, request: HttpRequest, file_type: str) -> HttpResponseBase:
    """Serve an organisation's catalogue: whole, one entry of it (`?entry=B01`), or as a file."""
    source, reader, today = source_of(page), Reader(request), timezone.localdate()
    lines = catalogue_lines(source, today, with_records=True)
    if file_type:
        return file_response(request, as_table(page, lines, today), file_type)
    wanted = request.GET.get("entry", "")
    line = next((line for line in lines if line.entry.code == wanted), None)
    if line:
        return TemplateResponse(request, "pages/catalogue_entry.html", one_entry(page, reader, line, today))
    context = whole(page, reader, lines, today)
    return TemplateResponse(request, "pages/catalogue.html", {**context, "unknown_entry": wanted})


def whole(page: OrganisationPage, reader: Reader, lines: list[Line], on: date) -> dict[str, Any]:
    """Return the catalogue by groups, with its notes."""
    url = f"{reader.url(page)}catalogue/"
    title = _("公开目录")
    description = _("%(name)s应当公开的全部事项、公开情况和依据。") % {"name": page.title}
    basis = shared_basis([line.entry for line in lines])
    return {
        **generated(page, reader.request, [{"title": title, "url": None}], description),
        "title": title,
        "organisation": {"title": page.title, "url": reader.url(page), "lang": reader.tag(page)},
        "summary": Disclosed(lines, reader, url).summary(),
        "basis": basis,
        "groups": groups(reader, lines, url, basis, on),
        "files": files(url),
        "superior": superior_item(page, reader),
        "notes": template_notes(source_of(page).catalogue_code),
        "industry_notes": industry_notes(page.industry),
    }


def groups(reader: Reader, lines: list[Line], url: str, basis: str, on: date) -> list[dict[str, Any]]:
    """Return the groups of the catalogue with a row for each entry. One query, and only abroad."""
    shown = reader.translated(record.page for line in lines for record in line.records[:RECORDS_SHOWN] if record.page)
    return [
        {
            "title": title,
            "total": len(found),
            "done": sum(line.is_there for line in found),
            "rows": [
                {
                    **entry_facts(line.entry, basis),
                    "state": state_of(line, on),
                    "records": _records(reader, line, shown, url),
                    "more": _more(line, url),
                }
                for line in found
            ],
        }
        for title, found in grouped(lines)
    ]


def entry_facts(entry: CatalogueEntry, basis: str = "") -> dict[str, Any]:
    """Return what the catalogue says of an entry; the basis only where it is not the one all others have."""
    return {
        "code": entry.code,
        "title": entry.display_title,
        "kind": entry.get_content_kind_display(),
        "rule": entry.update_rule_text,
        "publicity": entry.get_publicity_display(),
        "retention": entry.retention,
        "class": entry.government_class,
        "mandatory": entry.is_mandatory,
        "basis": entry.legal_basis if entry.legal_basis != basis else "",
    }


def shared_basis(entries: Sequence[CatalogueEntry]) -> str:
    """Return the legal basis that more than half of those with one share; it is said once for all."""
    bases = [entry.legal_basis for entry in entries if entry.legal_basis]
    ((basis, number),) = Counter(bases).most_common(1) or [("", 0)]
    return basis if number * 2 > len(bases) else ""


def state_of(line: Line, on: date) -> dict[str, str]:
    """Say how an entry stands, and how loud: word and shape, as st.html takes them."""
    due = line.due and times.day(line.due, on)
    if line.state == State.CURRENT:
        return {"label": _("长期公开") if line.by_rows and not line.records else _("已公开"), "kind": ""}
    if line.state == State.DUE_SOON:
        return {"label": _("%(date)s到期") % {"date": due}, "kind": "warn"}
    if line.state == State.OVERDUE and line.due:
        days = (on - line.due).days
        late = ngettext("逾期 %(days)s 天", "逾期 %(days)s 天", days) % {"days": days}
        return {"label": late if line.is_there else _("尚未公开，%(late)s") % {"late": late}, "kind": "bad"}
    if line.state == State.OWED and line.due:
        return {"label": _("应于%(date)s前公开") % {"date": due}, "kind": "warn"}
    return {"label": _("有则公开") if line.entry.is_mandatory else _("可以公开"), "kind": "none"}


def _records(reader: Reader, line: Line, shown: dict[int, Any], url: str) -> list[dict[str, Any]]:
    pages = [(record, record.page) for record in line.records if record.page][:RECORDS_SHOWN]
    rows = [record_row(reader, record, shown[page.pk], []) for record, page in pages]
    if line.by_rows and not rows:
        anchor = ANCHORS.get(ContentKind(line.entry.content_kind))
        return [{"title": line.entry.display_title, "url": f"../{anchor}" if anchor else url}]
    return rows


def _more(line: Line, url: str) -> dict[str, str] | None:
    if line.number <= RECORDS_SHOWN:
        return None
    text = ngettext("全部 %(number)s 条", "全部 %(number)s 条", line.number) % {"number": line.number}
    return {"title": text, "url": f"{url}?entry={line.entry.code}"}


def files(url: str) -> list[dict[str, str]]:
    """Return the catalogue as files, for files.html."""
    base = url.removesuffix("/")
    return [
        {"title": _("下载表格"), "url": f"{base}.xlsx", "type": "xlsx"},
        {"title": _("下载数据"), "url": f"{base}.csv", "type": "csv"},
    ]


def one_entry(page: OrganisationPage, reader: Reader, line: Line, on: date) -> dict[str, Any]:
    """Return everything an organisation has disclosed for one entry, page by page."""
    entry, url = line.entry, f"{reader.url(page)}catalogue/"
    records = public_records(source_of(page), entry.code).filter(page__isnull=False)
    found = listed(reader.request, records.select_related("page"))
    shown = reader.translated(record.page for record in found if record.page)
    way: list[Link] = [
        {"title": _("公开目录"), "url": url},
        {"title": f"{entry.code} {entry.display_title}", "url": None},
    ]
    return {
        **generated(page, reader.request, way, entry.display_title),
        "entry": entry_facts(entry),
        "group": entry.display_group,
        "state": state_of(line, on),
        "organisation": reader.link(page, name(page)),
        "list_page": found,
        "rows": [record_row(reader, record, shown[record.page.pk], []) for record in found if record.page],
        "superior": superior_item(page, reader),
    }


def as_table(page: OrganisationPage, lines: list[Line], on: date) -> Table:
    """Return the catalogue as a table, complete: one row for each entry."""
    columns = [
        *ENTRY_COLUMNS,
        (_("公开情况"), 20),
        (_("应公开日期"), 12),
        (_("已公开条数"), 10),
        (_("最新一条"), 44),
        (_("索引号"), 30),
        (_("公开日期"), 12),
    ]
    title = _("%(name)s公开目录") % {"name": page.title}
    return Table(title, columns, [(*entry_cells(line.entry), *_state_cells(line, on)) for line in lines])


def entry_cells(entry: CatalogueEntry) -> tuple[Any, ...]:
    """Return what the catalogue says of an entry, in the order of `ENTRY_COLUMNS`."""
    return (
        entry.code,
        entry.display_group,
        entry.display_title,
        _("是") if entry.is_mandatory else _("否"),
        str(entry.get_content_kind_display()),
        entry.update_rule_text,
        str(entry.get_publicity_display()),
        entry.retention,
        entry.legal_basis,
        entry.government_class,
    )


def _state_cells(line: Line, on: date) -> tuple[Any, ...]:
    newest = line.records[0] if line.records else None
    published = timezone.localdate(newest.first_published_at) if newest else None
    return (
        state_of(line, on)["label"],
        line.due,
        line.number,
        newest.title if newest else "",
        newest.index_number if newest else "",
        published,
    )
