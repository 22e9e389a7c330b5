"""Organisations of a pack: created in bulk, matched again by the roster's pack key, updated one by one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from ledger.changes import announce
from pages.bulk import bulk_add
from pages.identity import source_locale_id
from pages.industry_templates import page_type_for
from pages.models import (
    CityPortalPage,
    DepartmentPage,
    DistrictPage,
    OfficeKind,
    OrganisationPage,
    RosterEntry,
    RosterState,
)
from pages.roster import RosterCodes

from ..planned import Flag, Kind
from .drafts import is_left_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from snippets.models import Industry

    from ..planned import Plan, PlannedOrganisation
    from .report import Report

REMARKS = {
    Flag.SUPERIOR_OUTSIDE: "主管部门不在本市",
    Flag.SUPERIOR_UNKNOWN: "主管部门不明",
    Flag.SUPERIOR_CHOSEN: "原列多个主管部门",
    Flag.NAME_UNCONFIRMED: "名称待核",
    Flag.PART_OF_ANOTHER: "疑为其他单位的组成部分",
    Flag.PLACE_ONLY: "仅作地点收录",
}
OFFICE_KINDS = {"街道": OfficeKind.SUBDISTRICT, "镇": OfficeKind.TOWN, "乡": OfficeKind.TOWNSHIP}
BATCH = 500
# Set by `bulk_add`, or known to exist; checking them would ask the database for each page.
UNCHECKED = ("path", "depth", "slug", "url_path", "content_type", "locale", "industry")


class OrganisationLoader:
    """Load the organisations of a plan, parents before children."""

    def __init__(self, plan: Plan, industries: dict[str, Industry], report: Report, on: date) -> None:
        self.plan = plan
        self.industries = industries
        self.report = report
        self.on = on
        self.codes = RosterCodes()
        self.locale_id = source_locale_id()
        rows = RosterEntry.objects.exclude(pack_key="").select_related("organisation")
        self.rows: dict[str, RosterEntry] = {row.pack_key: row for row in rows}
        self.pages: dict[str, OrganisationPage] = {key: row.organisation for key, row in self.rows.items()}
        self.supervised = _supervised(plan, industries)

    def load(self, progress: Callable[[int], None]) -> dict[str, OrganisationPage]:
        """Create what is new, update what changed, report what vanished; return the pages by pack key."""
        for parent_key, group in _by_parent(self.plan.organisations).items():
            fresh = [planned for planned in group if planned.key not in self.rows]
            for start in range(0, len(fresh), BATCH):
                self._create(parent_key, fresh[start : start + BATCH])
            for planned in group:
                if planned.key in self.rows and planned not in fresh:
                    self._update(planned)
            progress(len(group))
        self._report_vanished()
        return self.pages

    def _create(self, parent_key: str, planned: list[PlannedOrganisation]) -> None:
        pages = [self._new(each) for each in planned]
        parent = Page.objects.get(pk=self.pages[parent_key].pk) if parent_key else Page.objects.get(depth=1)
        bulk_add(parent, pages)
        rows = [self._roster_row(each, page) for each, page in zip(planned, pages, strict=True)]
        RosterEntry.objects.bulk_create(rows)
        announce(everything=True)
        for each, page, row in zip(planned, pages, rows, strict=True):
            self.pages[each.key], self.rows[each.key] = page, row
            self.report.created[str(each.kind)] += 1
        if not parent_key:
            _set_root(pages[0])

    def _new(self, planned: PlannedOrganisation) -> OrganisationPage:
        page: OrganisationPage = self._page_type(planned)(**self._values(planned))
        page.locale_id = self.locale_id
        page.full_clean(exclude=UNCHECKED, validate_unique=False)
        return page

    def _page_type(self, planned: PlannedOrganisation) -> Any:
        if planned.kind is Kind.UNIT:
            industry = self.industries.get(planned.industry)
            return page_type_for(industry.catalogue_code if industry else "generic")
        return {Kind.PORTAL: CityPortalPage, Kind.DISTRICT: DistrictPage, Kind.DEPARTMENT: DepartmentPage}[planned.kind]

    def _values(self, planned: PlannedOrganisation) -> dict[str, Any]:
        values = {
            "title": planned.name,
            "short_name": planned.short_name,
            "credit_code": planned.credit_code,
            "division_code": planned.division_code,
            "address": planned.address,
            "website": planned.website,
            "longitude": _degrees(planned.position.longitude) if planned.position else None,
            "latitude": _degrees(planned.position.latitude) if planned.position else None,
            "industry": self.industries.get(planned.industry or self.supervised.get(planned.key, "")),
        }
        if planned.kind is Kind.DEPARTMENT:
            values["office_kind"] = _office_kind(planned)
        if planned.service_divisions:
            # A pack without them takes nothing away from what a clerk has written.
            values["service_divisions"] = planned.service_divisions
        return values

    def _roster_row(self, planned: PlannedOrganisation, page: OrganisationPage) -> RosterEntry:
        remark = "；".join(REMARKS[flag] for flag in sorted(planned.flags))
        return RosterEntry(
            organisation=page,
            code=self.codes.next(page),
            # What the pack doubts is proposed; somebody includes it by hand.
            state=RosterState.PROPOSED if planned.flags else RosterState.INCLUDED,
            basis="" if planned.flags else _("城市包载入"),
            since=self.on,
            pack_key=planned.key,
            pack_digest=self._digest(planned),
            remark=remark,
        )

    def _digest(self, planned: PlannedOrganisation) -> str:
        """Fingerprint what the pack says, so that edits made here since are not undone by loading it again."""
        facts = _stated(planned) | {
            "source": None,
            "flags": sorted(planned.flags),
            "supervises": self.supervised.get(planned.key, ""),
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()

    def _update(self, planned: PlannedOrganisation) -> None:
        row, digest = self.rows[planned.key], self._digest(planned)
        if row.pack_digest == digest:
            self.report.unchanged[str(planned.kind)] += 1
            return
        page = self.pages[planned.key].specific
        if is_left_alone(page, self.report):
            return
        self._move(planned, page)
        self._check_type(planned, page)
        for name, value in self._values(planned).items():
            setattr(page, name, value)
        page.save_revision(changed=True).publish(skip_permission_checks=True)
        row.pack_digest = digest
        row.remark = "；".join(REMARKS[flag] for flag in sorted(planned.flags))
        row.save(update_fields=["pack_digest", "remark"])
        self.report.updated[str(planned.kind)] += 1

    def _move(self, planned: PlannedOrganisation, page: OrganisationPage) -> None:
        if not planned.parent_key:
            return
        target = Page.objects.get(pk=self.pages[planned.parent_key].pk)
        if page.get_parent().pk != target.pk:
            page.move(target, pos="last-child")
            page.refresh_from_db()
            self.report.moved[str(planned.kind)] += 1

    def _check_type(self, planned: PlannedOrganisation, page: OrganisationPage) -> None:
        wanted = self._page_type(planned)
        if type(page) is not wanted:
            names = {"name": page.title, "pk": page.pk, "type": wanted._meta.label}
            sentence = _("“%(name)s”的行业变了，页面类型未改：请运行 change_unit_type %(pk)s %(type)s。")
            self.report.remarks.append(sentence % names)

    def _report_vanished(self) -> None:
        planned = {each.key for each in self.plan.organisations}
        for key in sorted(self.rows.keys() - planned):
            sentence = _("“%(name)s”（%(key)s）已不在城市包里，未删除；退出名录请在后台办理。")
            self.report.remarks.append(sentence % {"name": self.pages[key].title, "key": key})


def _stated(planned: PlannedOrganisation) -> dict[str, Any]:
    """Return what the pack says; a column that it may leave out does not count while it is empty."""
    facts = asdict(planned)
    return facts if planned.service_divisions else {key: facts[key] for key in facts if key != "service_divisions"}


def _by_parent(organisations: Iterable[PlannedOrganisation]) -> dict[str, list[PlannedOrganisation]]:
    groups: dict[str, list[PlannedOrganisation]] = defaultdict(list)
    for planned in organisations:
        groups[planned.parent_key].append(planned)
    return groups


def _supervised(plan: Plan, industries: dict[str, Industry]) -> dict[str, str]:
    """Return the sector most of a department's units belong to, by the department's key."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for planned in plan.of_kind(Kind.UNIT):
        industry = industries.get(planned.industry)
        if industry and not planned.is_village:
            counts[planned.parent_key][industry.sector.code] += 1
    office = f":{plan.pack.city.disclosure_office}"
    return {key: count.most_common(1)[0][0] for key, count in counts.items() if not key.endswith(office)}


def _office_kind(planned: PlannedOrganisation) -> str:
    if not planned.is_street:
        return OfficeKind.DEPARTMENT
    return next(
        (kind for ending, kind in OFFICE_KINDS.items() if planned.name.endswith(ending)), OfficeKind.SUBDISTRICT
    )


def _degrees(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")


def _set_root(portal: Page) -> None:
    """Make the portal the root of the default site, and drop Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True, hostname="localhost", port=80
    )
    site.root_page_id = portal.pk
    site.save()
    for page in Page.objects.filter(depth=portal.depth).exclude(pk=portal.pk):
        if page.specific_class is Page and not page.get_children().exists():
            page.delete()
