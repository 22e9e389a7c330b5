"""A small town for tests: both chains, three templates, and people at each storey.

portal ─ water_office ─ water          (three storeys; water template)
       ─ district ─ education_office ─ school   (four storeys; school template)
                  ─ street ─ hall               (four storeys; generic)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine

from accounts.models import Duty, User
from industries.education.models import SchoolPage
from industries.water.models import WaterPage
from pages.models import OfficeKind
from snippets.models import CatalogueEntry, Industry

from .clock import NOW
from .factories import (
    appoint,
    make_department,
    make_district,
    make_entry,
    make_industry,
    make_person,
    make_portal,
    make_unit,
)
from .server.replay import Replay


@dataclass
class Town:
    """The town's places, people and reference data, by the names in the module's drawing."""

    portal: Any
    water_office: Any
    water: Any
    district: Any
    education_office: Any
    school: Any
    street: Any
    hall: Any
    industries: dict[str, Industry]
    entries: dict[str, CatalogueEntry]
    people: dict[str, User] = field(default_factory=dict)

    def editor(self, place: str) -> User:
        """Return the editor appointed to a place, made at first asking."""
        return self._person(place, Duty.EDITOR)

    def reviewer(self, place: str) -> User:
        """Return the reviewer appointed to a place, made at first asking."""
        return self._person(place, Duty.REVIEWER)

    def administrator(self, place: str) -> User:
        """Return the administrator appointed to a place, made at first asking."""
        return self._person(place, Duty.ADMINISTRATOR)

    def auditor(self, place: str) -> User:
        """Return the auditor appointed to a place, made at first asking."""
        return self._person(place, Duty.AUDITOR)

    def _person(self, place: str, duty: str) -> User:
        name = f"{place}-{duty}"
        if name not in self.people:
            self.people[name] = make_person(name)
            appoint(self.people[name], getattr(self, place), duty)
        return self.people[name]


def build_town() -> Town:
    """Build the town."""
    portal = make_portal()
    industries = {
        "water": make_industry("water", title="供水", catalogue="water", is_statutory=True, door="水"),
        "education": make_industry("education", title="教育", is_statutory=True, door="学"),
        "services": make_industry("public-services", title="政务服务", catalogue="generic"),
    }
    industries["waterworks"] = make_industry("waterworks", industries["water"], title="自来水")
    industries["primary"] = make_industry(
        "primary-school", industries["education"], title="小学", catalogue="education_school"
    )
    industries["hall"] = make_industry("service-hall", industries["services"], title="便民服务")
    water_office = make_department(portal, title="市水务局", industry=industries["water"])
    district = make_district(portal, title="示例区", division_code="210202")
    education_office = make_department(district, title="示例区教育局", division_code="210202")
    street = make_department(district, title="示例街道", office_kind=OfficeKind.SUBDISTRICT, division_code="210202001")
    return Town(
        portal=portal,
        water_office=water_office,
        water=make_unit(
            water_office, WaterPage, title="示例自来水公司", industry=industries["waterworks"], division_code="210200"
        ),
        district=district,
        education_office=education_office,
        school=make_unit(
            education_office, SchoolPage, title="示例小学", industry=industries["primary"], division_code="210202"
        ),
        street=street,
        hall=make_unit(street, title="示例便民大厅", industry=industries["hall"], division_code="210202001"),
        industries=industries,
        entries={
            "water_profile": make_entry("water", "A01", title="企业概况", approval_tiers=1),
            "water_price": make_entry(
                "water", "B01", title="水价", content_kind="fee_table", approval_tiers=2, group_code="B"
            ),
            "water_outage": make_entry(
                "water",
                "B02",
                title="抢修停水",
                content_kind="announcement",
                cycle="on_event",
                cycle_amount=None,
                cycle_unit="",
                approval_tiers=3,
                group_code="B",
            ),
            "school_admission": make_entry(
                "education_school",
                "C01",
                title="招生计划",
                approval_tiers=3,
                cycle="yearly",
                cycle_amount=None,
                cycle_unit="",
                due_month=6,
                due_day=30,
            ),
            "hall_guide": make_entry("generic", "A01", title="办事指南", content_kind="procedure"),
            "office_functions": make_entry("office", "A01", title="机关职能"),
        },
    )


replay_town = Replay(time_machine.travel(NOW, tick=False)(build_town))


@pytest.fixture
def town(db: None) -> Town:
    """Give a test its own small town."""
    return replay_town()
