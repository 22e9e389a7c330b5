"""Industries and catalogue entries of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from snippets.models import CatalogueEntry, Industry

if TYPE_CHECKING:
    from django.db.models import Model

    from ..catalogues import CatalogueRow
    from ..industries import IndustryRow
    from ..pack import Pack
    from .report import Report


def load_industries(pack: Pack, report: Report) -> dict[str, Industry]:
    """Bring the industries to what the pack says; a catalogue assigned in the admin stays."""
    known = {industry.code: industry for industry in Industry.objects.all()}
    for row in pack.industries:
        values = _industry(row, known.get(row.parent))
        existing = known.get(row.code)
        if existing and existing.catalogue:
            del values["catalogue"]
        known[row.code] = _upsert("industry", existing or Industry(code=row.code), values, report)
    return known


def load_entries(pack: Pack, report: Report) -> None:
    """Bring the entries in force to what the pack says; entries that ended keep their history."""
    known = {(entry.catalogue, entry.code): entry for entry in CatalogueEntry.objects.filter(valid_to=None)}
    for code, catalogue in pack.catalogues.items():
        for row in catalogue.entries:
            entry = known.pop((code, row.code), None) or CatalogueEntry(catalogue=code, code=row.code)
            _upsert("entry", entry, _entry(row) | {"approval_tiers": _tiers(entry, row, report)}, report)
    for entry in known.values():
        if entry.catalogue in pack.catalogues:
            report.remarks.append(f"目录“{entry.catalogue}”中的事项“{entry}”已不在城市包里，未改动；停用请填停用日期。")


def _industry(row: IndustryRow, parent: Industry | None) -> dict[str, Any]:
    return {
        "title": row.name,
        "title_en": row.name_en,
        "parent": parent,
        "catalogue": row.catalogue,
        "is_statutory": row.is_statutory,
        "door": row.door,
        "summary": row.summary,
        "summary_en": row.summary_en,
        "classification": row.classification,
        "rule": row.rule,
        "order": row.order,
    }


def _entry(row: CatalogueRow) -> dict[str, Any]:
    chosen = {} if row.routine is None else {"is_routine": row.routine}
    return chosen | {
        "group_code": row.group,
        "group_title": row.group_title,
        "group_title_en": row.group_title_en,
        "title": row.title,
        "title_en": row.title_en,
        "is_mandatory": row.mandatory,
        "content_kind": row.content_kind,
        "cycle": str(row.update.cycle),
        "cycle_amount": row.update.amount,
        "cycle_unit": str(row.update.unit or ""),
        "due_month": row.update.month,
        "due_day": row.update.day,
        "approval_tiers": row.tiers,
        "legal_basis": row.legal_basis,
        "publicity": row.publicity,
        "retention": row.retention,
        "needs_privacy_check": row.privacy_check,
        "government_class": row.government_class,
        "order": row.order,
    }


def _tiers(entry: CatalogueEntry, row: CatalogueRow, report: Report) -> int:
    """Return the tiers of an entry: a load adds to what was decided here, and takes nothing away."""
    if entry.pk is None or entry.approval_tiers <= row.tiers:
        return row.tiers
    report.remarks.append(
        f"事项“{entry}”现须 {entry.approval_tiers} 级审核，城市包里是 {row.tiers} 级，未降低；确需降低请在后台修改。"
    )
    return entry.approval_tiers


def _upsert(kind: str, row: Any, values: dict[str, Any], report: Report) -> Any:
    changed = _changed(row, values)
    if row.pk is None:
        report.created[kind] += 1
    elif changed:
        report.updated[kind] += 1
    else:
        report.unchanged[kind] += 1
        return row
    for name, value in changed.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def _changed(row: Model, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}
