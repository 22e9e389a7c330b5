"""What an organisation has disclosed, in the order of its catalogue, and what it owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blocks.kinds import ContentKind
from rules.update_rules import State

from ..completeness import FOREMOST, catalogue_lines, grouped
from ..models import DisclosurePage, Validity
from . import times
from .rows import record_row

if TYPE_CHECKING:
    from datetime import date

    from ..completeness import Line
    from ..models import OrganisationPage, PublicationRecord
    from .reader import Reader

# More than this of one entry stand on the catalogue page.
PER_ENTRY = FOREMOST
# How loud the cell of an entry is (`cells.html`).
LOUDNESS = {State.DUE_SOON: "warn", State.OVERDUE: "bad"}
# Where the organisation's own rows stand on its page.
ANCHORS = {ContentKind.PHONE_LIST: "#phones", ContentKind.OUTLET_LIST: "#outlets"}
# What readers come for most: shown in full on the unit's page. The block has the name of the kind.
COMPOSED = {ContentKind.FEE_TABLE: gettext_lazy("价格和收费"), ContentKind.SCHEDULE: gettext_lazy("时间安排")}


@dataclass(frozen=True)
class Disclosed:
    """The catalogue of one organisation, read once and shown in several ways."""

    lines: list[Line]
    reader: Reader
    catalogue_url: str

    @classmethod
    def by(cls, source: OrganisationPage, reader: Reader, catalogue_url: str) -> Disclosed:
        """Read what the source-language page has disclosed."""
        return cls(catalogue_lines(source, with_records=True), reader, catalogue_url)

    def summary(self) -> dict[str, Any]:
        """Count the entries, those that are there, those late or missing; and say when the last of it came.

        The rest, neither there nor missing, is optional or waits for an event (an outage).
        """
        return {
            "total": len(self.lines),
            "there": sum(line.is_there for line in self.lines),
            "missing": sum(line.is_missing for line in self.lines),
            "stale": sum(line.is_stale for line in self.lines),
            "records": sum(line.number for line in self.lines),
            "latest": max((line.latest for line in self.lines if line.latest), default=None),
        }

    def cells(self) -> list[dict[str, Any]]:
        """Return the entries that are there, to jump to (`cells.html`)."""
        return [
            {
                "code": line.entry.code,
                "url": f"#{line.entry.code}",
                "state": LOUDNESS.get(line.state, ""),
                "title": line.entry.display_title,
            }
            for line in self.lines
            if line.is_there
        ]

    def groups(self) -> list[dict[str, Any]]:
        """Return the groups of the catalogue with what is there; a group without anything is left out."""
        shown = self.reader.translated(record.page for line in self.lines for record in _foremost(line) if record.page)
        return [
            {
                "title": title,
                "total": len(lines),
                "done": sum(line.is_there for line in lines),
                "rows": [row for line in lines for row in self._rows(line, shown)],
            }
            for title, lines in grouped(self.lines)
            if any(line.is_there for line in lines)
        ]

    def _rows(self, line: Line, shown: dict[int, Any]) -> list[dict[str, Any]]:
        if line.by_rows and not line.records:
            return [self._standing_row(line)]
        records = [(record, record.page) for record in _foremost(line) if record.page]
        meta = [line.entry.code, line.entry.update_rule_text]
        rows = [record_row(self.reader, record, shown[page.pk], meta) for record, page in records]
        if rows:
            rows[0] |= {"anchor": line.entry.code, "due": _due_soon(line)}
        if more := line.number - len(records):
            text = ngettext("本事项另有 %(number)s 条", "本事项另有 %(number)s 条", more) % {"number": more}
            rows[-1]["more"] = {"title": text, "url": f"{self.catalogue_url}#{line.entry.code}"}
        return rows

    def _standing_row(self, line: Line) -> dict[str, Any]:
        """Lead to what the organisation's own rows, or the generated catalogue, fulfil."""
        return {
            "title": line.entry.display_title,
            "url": ANCHORS.get(ContentKind(line.entry.content_kind), self.catalogue_url),
            "meta": [line.entry.code, line.entry.update_rule_text],
            "anchor": line.entry.code,
            "status": _("长期公开"),
        }

    def owed(self, on: date) -> list[dict[str, Any]]:
        """Return what is missing, then what was not renewed, as `summary` counts them (`owed.html`)."""
        return [
            {
                "title": line.entry.display_title,
                "code": line.entry.code,
                "overdue": _overdue(line, on),
                "kind": "bad" if line.state == State.OVERDUE else "warn",
                "due": line.due,
                "previous": self._previous(line),
            }
            for line in sorted(self.lines, key=lambda line: line.is_stale)
            if line.is_missing or line.is_stale
        ]

    def _previous(self, line: Line) -> dict[str, Any] | None:
        newest = next((record for record in line.records if record.page), None)
        return self.reader.link(newest.page) if newest else None

    def composed(self) -> list[dict[str, Any]]:
        """Return the latest charges and timetable in full: their block, and the disclosure it stands in."""
        newest = [record for kind in COMPOSED if (record := self._newest(kind))]
        shown = self.reader.translated(record.page for record in newest)
        pages = DisclosurePage.objects.live().in_bulk([page.pk for page in shown.values()]) if shown else {}
        found = []
        for record in newest:
            page = pages.get(shown[record.page_id].pk)
            block = page and next((block for block in page.body if block.block_type in COMPOSED), None)
            if block:
                heading = COMPOSED[ContentKind(block.block_type)]
                found.append({"heading": heading, "block": block, "row": record_row(self.reader, record, page, [])})
        return found

    def _newest(self, kind: str) -> Any:
        records = [
            record
            for line in self.lines
            if line.entry.content_kind == kind
            for record in line.records
            if record.page and record.validity == Validity.IN_FORCE
        ]
        return max(records, key=lambda record: record.first_published_at, default=None)


def _foremost(line: Line) -> list[PublicationRecord]:
    """Return the newest that are in force; where none is, the newest that was."""
    in_force = [record for record in line.records if record.validity == Validity.IN_FORCE]
    return in_force[:PER_ENTRY] or line.records[:1]


def _due_soon(line: Line) -> str:
    if line.state != State.DUE_SOON or not line.due:
        return ""
    return _("%(date)s到期") % {"date": times.day(line.due, timezone.localdate())}


def _overdue(line: Line, on: date) -> str:
    if line.due is None or line.due >= on:
        return _("尚未公开")
    days = (on - line.due).days
    return ngettext("逾期 %(days)s 天", "逾期 %(days)s 天", days) % {"days": days}
