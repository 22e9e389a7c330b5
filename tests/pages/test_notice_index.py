"""The list of all notices: emergencies first, what runs and what comes, by kind, district and time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import NoticeIndexPage, make_notice, make_page
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def index(town: Town) -> NoticeIndexPage:
    page: NoticeIndexPage = make_page(NoticeIndexPage, town.portal, title="公示公告")
    return page


def notice(place, title: str, starts: float, ends: float | None, kind: str = "planned_outage", **fields):
    now = timezone.now()
    ends_at = now + timedelta(hours=ends) if ends is not None else None
    return make_notice(
        place, title=title, kind=kind, starts_at=now + timedelta(hours=starts), ends_at=ends_at, **fields
    )


def titles(seen: Seen) -> list[str]:
    return [row["title"] for row in seen.context["rows"]]


def test_emergencies_come_first_then_the_newest(town: Town, index):
    notice(town.water, "抢修", -2, 5, "emergency")
    notice(town.water, "明天停水", 20, 30)
    notice(town.school, "招生", -2, 100, "enrolment")

    assert titles(Seen(index.url)) == ["抢修", "招生", "明天停水"]


def test_what_is_over_is_shown_only_when_asked_for(town: Town, index):
    notice(town.water, "过去", -20, -10)
    notice(town.water, "现在", -1, 10)

    assert titles(Seen(index.url)) == ["现在"]
    over = Seen(index.url, state="over")
    assert titles(over) == ["过去"]
    assert over.context["rows"][0]["status"] == "已结束"


@pytest.mark.parametrize(("state", "expected"), [("ahead", ["将来"]), ("running", ["现在"]), ("", ["现在", "将来"])])
def test_the_state_narrows_the_list(town: Town, index, state, expected):
    notice(town.water, "将来", 10, 20)
    notice(town.water, "现在", -1, None)
    notice(town.water, "过去", -20, -10)

    assert titles(Seen(index.url, state=state)) == expected


def test_the_kind_narrows_the_list(town: Town, index):
    notice(town.water, "停水", -1, 10)
    notice(town.school, "招生", -1, 10, "enrolment")

    assert titles(Seen(index.url, kind="enrolment")) == ["招生"]


def test_a_district_has_its_own_notices_and_those_that_name_it(town: Town, index):
    notice(town.school, "区里的", -1, 10)
    notice(town.water, "涉及本区", -1, 10, division_codes="210202001；210203")
    notice(town.water, "别的区", -1, 10, division_codes="210203")

    assert sorted(titles(Seen(index.url, division="210202"))) == ["区里的", "涉及本区"]


@pytest.mark.parametrize("name", ["kind", "division", "state"])
def test_a_wrong_filter_is_named_and_everything_is_shown(town: Town, index, name):
    notice(town.water, "停水", -1, 10)

    seen = Seen(index.url, **{name: "\x00nonsense"})

    assert seen.status == 200
    assert titles(seen) == ["停水"]
    assert "已显示全部" in seen.main


@pytest.mark.parametrize("page", ["abc", "-1", "99999999999999999999", "\x00"])
def test_a_wrong_page_shows_the_nearest(town: Town, index, page):
    notice(town.water, "停水", -1, 10)

    assert titles(Seen(index.url, page=page)) == ["停水"]


def test_withdrawn_notices_and_drafts_are_not_listed(town: Town, index):
    notice(town.water, "撤回的", -1, 10).unpublish()
    notice(town.water, "草稿", -1, 10, live=False)

    seen = Seen(index.url)

    assert titles(seen) == []
    assert "没有符合条件的通告" in seen.main


def test_more_notices_cost_no_more_queries(town: Town, index):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen(index.url)
        return len(queries)

    notice(town.water, "一", -1, 10)
    Seen(index.url)
    few = cost()
    for number in range(12):
        notice(town.water if number % 2 else town.school, f"第{number}", -1, 10)

    assert cost() == few
