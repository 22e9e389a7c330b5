"""Import many disclosures from a spreadsheet: dry run, row report, all or none, the same approval."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.events import record
from pages.checklist import blocking_gaps
from pages.models import DisclosurePage
from snippets.models import CatalogueEntry

from ..spreadsheets import SheetRow
from .sheets import rich_text

if TYPE_CHECKING:
    from collections.abc import Iterable

# Field of the page → column of the sheet, for the messages of its validation.
COLUMN_OF = {
    "entry": "目录编码",
    "title": "标题",
    "summary": "内容概述",
    "generated_on": "生成日期",
    "document_number": "文号",
    "body": "正文",
}
# More would fill the screen; the next try tells the rest.
MOST_LINES = 10
SEPARATORS = re.compile(r"[;；,，、\s]+")
UNCHECKED = ("path", "depth", "slug", "url_path", "content_type", "locale")


class NothingImportedError(ValueError):
    """At least one row is wrong, so nothing was written."""


def pages_of(organisation: Any, rows: Iterable[SheetRow]) -> list[DisclosurePage]:
    """Make the unsaved page of every row, and write into the rows what is wrong with them."""
    entries = {entry.code: entry for entry in CatalogueEntry.of_catalogue(organisation.catalogue_code, _today())}
    return [_page(organisation, row, entries) for row in rows]


@transaction.atomic
def import_rows(organisation: Any, rows: list[SheetRow], user: Any, *, submit: bool) -> list[DisclosurePage]:
    """Create a draft per row, and submit each for approval if asked. All or none.

    Raises NothingImportedError when a row is wrong, ValidationError when one is not complete enough to submit.
    """
    pages = pages_of(organisation, rows)
    if not all(row.is_sound for row in rows):
        raise NothingImportedError
    if submit:
        _require_complete(rows, pages)
    for page in pages:
        organisation.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        if submit:
            page.submit_for_approval(user)
    record("import.done", organisation, organisation=organisation, actor=user, pages=len(pages), submitted=submit)
    return pages


def _require_complete(rows: list[SheetRow], pages: list[DisclosurePage]) -> None:
    """Ask the checklist, as the form does when one draft is submitted."""
    lacking = [
        _("第 %(number)d 行：%(sentence)s") % {"number": row.number, "sentence": gap.sentence}
        for row, page in zip(rows, pages, strict=True)
        for gap in blocking_gaps(page)
    ]
    if lacking:
        raise ValidationError([_("还不能提交审核，一条也没有导入；可以先只导入为草稿。"), *lacking[:MOST_LINES]])


def _page(organisation: Any, row: SheetRow, entries: dict[str, CatalogueEntry]) -> DisclosurePage:
    entry = entries.get(row.values["目录编码"])
    if entry is None:
        row.problems["目录编码"] = _("“%(code)s”不在本单位的公开目录中。") % {"code": row.values["目录编码"]}
    page = DisclosurePage(
        title=row.values["标题"],
        entry=entry,
        summary=row.values["内容概述"],
        generated_on=row.date("生成日期"),
        document_number=row.values["文号"],
        body=[("text", rich_text(row.values["正文"]))] if row.values["正文"] else [],
        locale_id=organisation.locale_id,
        live=False,
    )
    page.tags.set([word for word in SEPARATORS.split(row.values["关键词"]) if word])
    _check(page, row)
    return page


def _check(page: DisclosurePage, row: SheetRow) -> None:
    skipped = [*UNCHECKED, *(["entry"] if "目录编码" in row.problems else [])]
    try:
        page.full_clean(exclude=skipped, validate_unique=False)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            column = COLUMN_OF.get(name, "标题" if name == NON_FIELD_ERRORS else name)
            row.problems.setdefault(column, " ".join(messages))


def _today() -> Any:
    return timezone.localdate()
