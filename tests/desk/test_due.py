"""What is due this week: for a unit, and summed up for the offices above it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty
from cms.desk.due import owing_below
from pages.bulk import bulk_add
from pages.models import DistrictPage, RosterState, UnitPage
from pages.roster import set_roster_state
from tests.clock import NOW
from tests.factories import make_disclosure, make_entry, make_person
from tests.town import Town
from tests.workflows.acts import signed_in

pytestmark = pytest.mark.usefixtures("clock")

HOME = reverse("wagtailadmin_home")
MANY = 4_000


def home(user: Any) -> str:
    cache.clear()
    return signed_in(user).get(HOME).content.decode()


@pytest.fixture
def due(town: Town) -> Town:
    """The waterworks owe since January: the profile and the price are late, a report is due on Friday."""
    assert date(2026, 11, 23) == NOW.date()
    set_roster_state(town.water, RosterState.INCLUDED, "示例文件", date(2026, 1, 5))
    make_entry(
        "water", "Z01", title="冬季保供报告", cycle="yearly", cycle_amount=None, cycle_unit="", due_month=11, due_day=27
    )
    return town


def test_the_unit_sees_what_is_due_this_week(due: Town) -> None:
    page = home(due.editor("water"))

    assert "本周到期 1 项" in page
    assert "冬季保供报告" in page


def test_the_office_sees_its_units_summed_up(due: Town) -> None:
    for duty in (Duty.EDITOR, Duty.REVIEWER, Duty.ADMINISTRATOR):
        page = home(getattr(due, duty)("water_office"))

        assert "下属单位到期事项" in page
        assert "逾期 2 项" in page
        assert "本周到期 1 项" in page


def test_the_sum_agrees_with_the_catalogue_of_each_unit(due: Town) -> None:
    (owing,) = owing_below(due.water_office)

    assert (owing.title, owing.overdue, owing.this_week) == ("示例自来水公司", 2, 1)


def test_what_was_published_is_not_owed(due: Town) -> None:
    make_disclosure(due.water, due.entries["water_price"])

    (owing,) = owing_below(due.water_office)

    assert owing.overdue == 1


def test_a_unit_has_nobody_below_it(due: Town) -> None:
    assert "下属单位到期事项" not in home(due.editor("water"))


def test_an_office_within_an_office_is_not_told_twice(due: Town) -> None:
    from tests.factories import appoint

    person = due.reviewer("district")
    appoint(person, due.education_office, Duty.REVIEWER)

    assert home(person).count("下属单位到期事项") == 1


def test_the_whole_list_is_for_those_appointed_here_or_above(due: Town) -> None:
    address = reverse("desk:below", args=[due.water_office.pk])

    assert "示例自来水公司" in signed_in(due.reviewer("water_office")).get(address).content.decode()
    assert signed_in(due.administrator("portal")).get(address).status_code == 200
    assert signed_in(due.editor("water")).get(address).status_code == 302
    assert signed_in(make_person("stranger")).get(address).status_code == 302


def test_four_thousand_units_cost_the_top_no_more_queries(due: Town) -> None:
    client = signed_in(due.administrator("portal"))
    client.get(HOME)

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        return len(captured)

    few = queries()
    assert isinstance(due.district.specific, DistrictPage)
    bulk_add(due.street, [UnitPage(title=f"单位{number}", industry=due.industries["hall"]) for number in range(MANY)])

    assert queries() <= few + 2
    assert few <= 40
