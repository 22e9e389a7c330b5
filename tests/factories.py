"""The least lawful object of each kind. Say only what the test is about."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from wagtail.models import Locale, Page, Site

from accounts.models import Appointment, Duty, User
from pages.bulk import bulk_add
from pages.models import (
    CityPortalPage,
    DepartmentPage,
    DisclosurePage,
    DistrictPage,
    IndustryPage,
    NoticeIndexPage,
    NoticePage,
    RosterEntry,
    ServiceIndexPage,
    StandardPage,
    UnitPage,
)
from pages.roster import RosterCodes, ensure_roster_entry
from snippets.models import CatalogueEntry, Industry, ServiceItem

_serial = count(1)


def make_page(model: Any, parent: Any, *, live: bool = True, **fields: Any) -> Any:
    """Add a page with a first revision; `live` publishes it as the finishing action does."""
    fields.setdefault("title", f"{model._meta.verbose_name}{next(_serial)}")
    page = model(live=False, **fields)
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish(skip_permission_checks=True)
        page.refresh_from_db()
    return page


def make_portal(**fields: Any) -> CityPortalPage:
    """Make the city's portal the root of the default site."""
    root = Page.objects.get(depth=1)
    fields.setdefault("title", "示例市办事公开网")
    portal: CityPortalPage = make_page(CityPortalPage, root, division_code="210200", **fields)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, port=80)
    site.hostname, site.root_page = "localhost", portal
    site.save()
    return portal


def make_district(parent: Any, **fields: Any) -> DistrictPage:
    """Make a district under the portal."""
    page: DistrictPage = make_page(DistrictPage, parent, **fields)
    return page


def make_department(parent: Any, **fields: Any) -> DepartmentPage:
    """Make a department under the portal or a district."""
    page: DepartmentPage = make_page(DepartmentPage, parent, **fields)
    return page


def make_unit(parent: Any, model: Any = UnitPage, **fields: Any) -> Any:
    """Make a unit, of an industry's page type if `model` says so, and give it its place in the roster."""
    unit = make_page(model, parent, **fields)
    ensure_roster_entry(unit)
    return unit


def make_units(parent: Any, number: int, **fields: Any) -> list[UnitPage]:
    """Make many units at once, each with its place in the roster: a crowd of which only the number matters."""
    units = [UnitPage(title=f"示例单位{each:03}", **fields) for each in range(number)]
    bulk_add(parent, units)
    codes = RosterCodes()
    RosterEntry.objects.bulk_create(RosterEntry(organisation=unit, code=codes.next(unit)) for unit in units)
    return units


def make_industry(code: str, parent: Industry | None = None, **fields: Any) -> Industry:
    """Make a sector, or a branch of `parent`."""
    fields.setdefault("title", code)
    industry: Industry = Industry.objects.create(code=code, parent=parent, **fields)
    return industry


def make_entry(catalogue: str, code: str = "", **fields: Any) -> CatalogueEntry:
    """Make a catalogue entry; by default: text, on change within 20 workdays, two tiers."""
    values: dict[str, Any] = {
        "title": "示例事项",
        "group_code": "A",
        "group_title": "基本信息",
        "content_kind": "text",
        "cycle": "on_change",
        "cycle_amount": 20,
        "cycle_unit": "workday",
        **fields,
    }
    entry: CatalogueEntry = CatalogueEntry.objects.create(
        catalogue=catalogue, code=code or f"T{next(_serial):02d}", **values
    )
    return entry


def make_disclosure(parent: Any, entry: CatalogueEntry, **fields: Any) -> DisclosurePage:
    """Make a published disclosure."""
    fields.setdefault("body", [("text", "<p>示例正文。</p>")])
    page: DisclosurePage = make_page(DisclosurePage, parent, entry=entry, **fields)
    return page


def make_notice(parent: Any, **fields: Any) -> NoticePage:
    """Make a published notice."""
    page: NoticePage = make_page(NoticePage, parent, **fields)
    return page


def make_person(username: str, **fields: Any) -> User:
    """Make an account without any appointment; the password is the user name."""
    return User.objects.create_user(username, f"{username}@example.org", username, **fields)


def appoint(user: User, organisation: Any, duty: str = Duty.EDITOR, **fields: Any) -> Appointment:
    """Appoint a person, since long ago."""
    fields.setdefault("since", date(2020, 1, 1))
    appointment: Appointment = Appointment.objects.create(
        user=user, organisation_id=organisation.pk, duty=duty, **fields
    )
    return appointment


def make_service_item(provider: Any = None, industry: Industry | None = None, **fields: Any) -> ServiceItem:
    """Make a live service item."""
    serial = next(_serial)
    values: dict[str, Any] = {
        "code": f"S{serial:03d}",
        "title": f"示例服务{serial}",
        "service_class": "query",
        "personal_input": "用户号",
        "industry": industry or make_industry(f"industry-{serial}"),
        "locale": Locale.get_default(),
        **fields,
    }
    item: ServiceItem = ServiceItem.objects.create(provider_id=provider.pk if provider else None, **values)
    return item


__all__ = [
    "IndustryPage",
    "NoticeIndexPage",
    "ServiceIndexPage",
    "StandardPage",
    "appoint",
    "make_department",
    "make_disclosure",
    "make_district",
    "make_entry",
    "make_industry",
    "make_notice",
    "make_page",
    "make_person",
    "make_portal",
    "make_service_item",
    "make_unit",
    "make_units",
]
