"""The page of a notice: what, where, from when until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_notice
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def outage(town: Town, starts: float | None, ends: float | None, **fields):
    now = timezone.now()
    times = {
        "starts_at": now + timedelta(hours=starts) if starts is not None else None,
        "ends_at": now + timedelta(hours=ends) if ends is not None else None,
    }
    return make_notice(town.water, **{"title": "停水通告", "kind": "planned_outage", **times, **fields})


@pytest.mark.parametrize(
    ("starts", "ends", "state", "kind"),
    [(2, 10, "尚未开始", "warn"), (-2, 10, "进行中", ""), (-10, -2, "已结束", "none"), (None, None, "进行中", "")],
)
def test_the_state_follows_the_time(town: Town, starts, ends, state, kind):
    seen = Seen(outage(town, starts, ends).url)

    assert seen.context["status"] == {"label": state, "kind": kind}


def test_an_emergency_that_goes_on_is_loud_and_one_that_is_over_is_not(town: Town):
    going_on, over = outage(town, -1, 3, kind="emergency"), outage(town, -5, -3, kind="emergency", title="旧")

    assert Seen(going_on.url).context["status"]["kind"] == "bad"
    assert Seen(over.url).context["status"]["kind"] == "none"


def test_times_are_said_in_beijing_time_with_area_reason_and_contact(town: Town):
    notice = outage(town, 14.5, 24.5, area="示例街道", reason="阀门更换", contact_phone="0411-0000-0000")

    seen = Seen(notice.url)

    facts = {fact["label"]: str(fact["value"]) for fact in seen.context["facts"]}
    assert "2026年11月24日 00:00" in facts["开始时间"]
    assert "2026年11月24日 10:00" in facts["结束时间"]
    assert (facts["影响范围"], facts["原因"]) == ("示例街道", "阀门更换")
    assert seen.links["0411-0000-0000"] == "tel:041100000000"
    assert "时间均为北京时间" in seen.main


def test_an_open_end_is_said_to_be_open(town: Town):
    seen = Seen(outage(town, -1, None).url)

    assert "待定，确定后更新" in seen.main


def test_a_notice_without_times_says_nothing_of_time(town: Town):
    seen = Seen(make_notice(town.water, title="公告").url)

    assert "开始时间" not in seen.main
    assert "北京时间" not in seen.main


def test_other_notices_of_the_organisation_stand_below(town: Town):
    other = outage(town, 1, 2, title="另一条")
    make_notice(town.school, title="别人的")
    notice = outage(town, -1, 2)

    seen = Seen(notice.url)

    assert [each["title"] for each in seen.context["others"]] == [other.title]


def test_the_register_is_shown_with_the_index_number(town: Town):
    notice = outage(town, -1, 2)

    seen = Seen(notice.url)

    assert notice.record.index_number in seen.section("公开记录")
