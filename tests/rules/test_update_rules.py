"""Update rules: how they are written, said, and when the next publication is due."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import WorkdayCalendar, seed_days
from rules.update_rules import Cycle, State, Unit, UpdateRule, describe, describe_en, next_due, state
from tests.shared_data import REAL_CITY, needs_real_city

CATALOGUES = REAL_CITY / "catalogues"
CALENDAR = WorkdayCalendar(seed_days(2026))
SINCE = date(2026, 3, 2)

ON_CHANGE = UpdateRule(Cycle.ON_CHANGE, 20, Unit.WORKDAY)
YEARLY = UpdateRule(Cycle.YEARLY, month=3, day=15)
QUARTERLY = UpdateRule(Cycle.PERIODIC, 3, Unit.MONTH)
OUTAGE = UpdateRule(Cycle.BEFORE_EFFECT, 24, Unit.HOUR)
ACCIDENT = UpdateRule(Cycle.ON_EVENT)


@pytest.mark.parametrize(
    ("pack", "chinese", "english"),
    [
        (
            {"type": "on_change", "days": 20, "unit": "workday"},
            "变更后 20 个工作日内",
            "within 20 working days of a change",
        ),
        ({"type": "yearly", "by": "03-15"}, "每年 3 月 15 日前", "by 15 March every year"),
        ({"type": "periodic", "months": 3, "note": "at least quarterly"}, "每 3 个月", "every 3 months"),
        ({"type": "periodic", "months": 1}, "每月", "every month"),
        ({"type": "periodic", "days": 7, "unit": "day"}, "每 7 天", "every 7 days"),
        ({"type": "before_effect", "hours": 24}, "提前 24 小时", "24 hours in advance"),
        ({"type": "before_effect", "days": 1, "unit": "day"}, "提前 1 天", "1 day in advance"),
        ({"type": "before_effect", "months": 6}, "提前 6 个月", "6 months in advance"),
        ({"type": "on_event", "note": "at once"}, "即时", "at once"),
        ({"type": "on_event", "hours": 1}, "事件发生后 1 小时内", "within 1 hour of the event"),
        (
            {"type": "on_event", "days": 5, "unit": "workday"},
            "事件发生后 5 个工作日内",
            "within 5 working days of the event",
        ),
        ({"type": "on_change"}, "变更后即时", "at once after a change"),
    ],
)
def test_a_rule_is_read_from_a_catalogue_and_said_in_two_languages(pack, chinese, english):
    rule = UpdateRule.from_pack(pack)

    assert (describe(rule), describe_en(rule)) == (chinese, english)


@pytest.mark.parametrize(
    ("pack", "reason"),
    [
        ({}, "更新方式“”无法识别"),
        ({"type": "weekly"}, "更新方式“weekly”无法识别，应为 on_change"),
        ({"type": "yearly"}, "应写明几月几日前"),
        ({"type": "yearly", "by": "3-15"}, "应为“月-日”"),
        ({"type": "yearly", "by": "02-30"}, "没有 2 月 30 日"),
        ({"type": "yearly", "by": "13-01"}, "没有 13 月 1 日"),
        ({"type": "yearly", "by": "03-15", "months": 12}, "只写日期，不写期限"),
        ({"type": "on_change", "by": "03-15"}, "只有每年更新的规则才写日期"),
        ({"type": "periodic"}, "应写明期限"),
        ({"type": "periodic", "hours": 3}, "不能以小时计"),
        ({"type": "before_effect"}, "应写明期限"),
        ({"type": "on_change", "days": 0}, "应在 1 到 999 之间，现为 0"),
        ({"type": "on_change", "days": 10**9}, "应在 1 到 999 之间"),
        ({"type": "on_change", "days": "20"}, "days 应为整数，现为“20”"),
        ({"type": "on_change", "days": True}, "应为整数"),
        ({"type": "on_change", "days": 1, "hours": 2}, "只能写一种期限，现有 days、hours"),
        ({"type": "on_change", "days": 1, "unit": "week"}, "应为 day 或 workday"),
        ({"type": "on_change", "hours": 1, "unit": "day"}, "unit 只用于 days"),
        ({"type": "on_change", "day": 1}, "字段“day”无法识别"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(pack, reason):
    with pytest.raises(ValueError, match=reason):
        UpdateRule.from_pack(pack)


def test_a_rule_of_form_values_needs_no_enums():
    assert UpdateRule.from_fields("on_change", 20, "workday") == ON_CHANGE
    assert UpdateRule.from_fields("yearly", month=3, day=15) == YEARLY
    with pytest.raises(ValueError, match="时间单位“week”无法识别"):
        UpdateRule.from_fields("periodic", 2, "week")


def test_an_amount_and_its_unit_come_together():
    with pytest.raises(ValueError, match="同时写明数量和单位"):
        UpdateRule(Cycle.ON_CHANGE, 20)


@needs_real_city
def test_every_rule_of_a_real_city_can_be_read_and_said():
    items = [item for file in CATALOGUES.glob("*.json") for item in json.loads(file.read_text("utf-8"))["items"]]

    said = {describe(UpdateRule.from_pack(item["update_cycle"])) for item in items}

    assert len(items) > 200
    assert {"即时", "变更后 20 个工作日内", "每年 10 月 31 日前", "提前 6 个月"} <= said


def test_what_is_due_at_once_or_within_hours_is_urgent():
    assert OUTAGE.urgent
    assert ACCIDENT.urgent
    assert not ON_CHANGE.urgent
    assert not YEARLY.urgent


@pytest.mark.parametrize(
    ("rule", "last_published", "due"),
    [
        # Published before this year's deadline or after it: this year is served either way.
        (YEARLY, date(2026, 3, 1), date(2027, 3, 15)),
        (YEARLY, date(2026, 3, 20), date(2027, 3, 15)),
        (YEARLY, date(2024, 3, 1), date(2025, 3, 15)),
        (YEARLY, None, date(2026, 3, 15)),
        (QUARTERLY, date(2025, 11, 30), date(2026, 2, 28)),
        (QUARTERLY, None, date(2026, 6, 2)),
        (ON_CHANGE, date(2020, 1, 1), None),
        (ON_CHANGE, None, date(2026, 3, 30)),
        (UpdateRule(Cycle.ON_CHANGE), None, SINCE),
        (UpdateRule(Cycle.ON_CHANGE, 30, Unit.HOUR), None, date(2026, 3, 4)),
        (UpdateRule(Cycle.PERIODIC, 7, Unit.DAY), date(2026, 3, 2), date(2026, 3, 9)),
        (OUTAGE, None, None),
        (ACCIDENT, None, None),
        (ACCIDENT, date(2026, 3, 1), None),
    ],
)
def test_the_next_publication_is_due(rule, last_published, due):
    assert next_due(rule, last_published, SINCE, CALENDAR) == due


def test_a_yearly_duty_that_began_after_the_deadline_waits_for_the_next_year():
    assert next_due(YEARLY, None, date(2026, 3, 15), CALENDAR) == date(2026, 3, 15)
    assert next_due(YEARLY, None, date(2026, 3, 16), CALENDAR) == date(2027, 3, 15)


def test_the_last_of_february_moves_with_the_leap_year():
    rule = UpdateRule.from_pack({"type": "yearly", "by": "02-29"})

    assert next_due(rule, date(2026, 2, 1), SINCE, CALENDAR) == date(2027, 2, 28)
    assert next_due(rule, date(2027, 2, 1), SINCE, CALENDAR) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("rule", "last_published", "on", "expected"),
    [
        (ON_CHANGE, date(2020, 1, 1), date(2026, 11, 23), State.CURRENT),
        (ON_CHANGE, None, date(2026, 3, 30), State.OWED),
        (ON_CHANGE, None, date(2026, 3, 31), State.OVERDUE),
        (YEARLY, date(2026, 3, 1), date(2027, 2, 12), State.CURRENT),
        (YEARLY, date(2026, 3, 1), date(2027, 2, 13), State.DUE_SOON),
        (YEARLY, date(2026, 3, 1), date(2027, 3, 15), State.DUE_SOON),
        (YEARLY, date(2026, 3, 1), date(2027, 3, 16), State.OVERDUE),
        # 92 days from 1 March to 1 June: the last 30 % are 27 days.
        (QUARTERLY, date(2026, 3, 1), date(2026, 5, 4), State.CURRENT),
        (QUARTERLY, date(2026, 3, 1), date(2026, 5, 5), State.DUE_SOON),
        (QUARTERLY, date(2026, 3, 1), date(2026, 6, 2), State.OVERDUE),
        (ACCIDENT, None, date(2036, 1, 1), State.OWED),
        (OUTAGE, date(2026, 3, 5), date(2036, 1, 1), State.CURRENT),
    ],
)
def test_an_organisation_stands_with_a_mandatory_entry(rule, last_published, on, expected):
    found = state(rule, mandatory=True, last_published=last_published, since=SINCE, on=on, calendar=CALENDAR)

    assert found is expected


def test_what_is_not_mandatory_is_never_owed_but_kept_up_once_published():
    facts: dict[str, Any] = {"mandatory": False, "since": SINCE, "on": date(2036, 1, 1), "calendar": CALENDAR}

    assert state(QUARTERLY, last_published=None, **facts) is State.OPTIONAL
    assert state(QUARTERLY, last_published=date(2026, 3, 1), **facts) is State.OVERDUE


dated_rules = st.one_of(
    st.builds(UpdateRule, st.just(Cycle.YEARLY), month=st.integers(1, 12), day=st.integers(1, 28)),
    st.builds(UpdateRule, st.just(Cycle.PERIODIC), st.integers(1, 36), st.sampled_from([Unit.DAY, Unit.MONTH])),
)


@given(dated_rules, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_fresh_publication_is_never_overdue_and_one_left_alone_is(rule, published):
    due = next_due(rule, published, published, CALENDAR)
    facts: dict[str, Any] = {"mandatory": True, "last_published": published, "since": published, "calendar": CALENDAR}

    assert due is not None
    assert due > published
    assert state(rule, on=published, **facts) in {State.CURRENT, State.DUE_SOON}
    assert state(rule, on=due + timedelta(days=1), **facts) is State.OVERDUE
