"""Disclosures and notices are filtered by organisation, entry, register and time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.case_names import case_name
from tests.factories import make_disclosure, make_notice
from tests.server.replay import Replay
from tests.town import Town, replay_town


def town_with_papers() -> Town:
    """Publish a price that superseded another, an admission plan and a guide."""
    town: Any = replay_town()
    price = town.entries["water_price"]
    town.old = make_disclosure(
        town.water, price, title="旧水价", generated_on=date(2025, 1, 1), document_number="价1号"
    )
    town.new = make_disclosure(town.water, price, title="新水价", supersedes=town.old, generated_on=date(2026, 1, 1))
    town.plan = make_disclosure(town.school, town.entries["school_admission"], title="招生计划")
    town.plan.tags.add("招生", "小学")
    town.plan.save_revision().publish(skip_permission_checks=True)
    town.guide = make_disclosure(town.hall, town.entries["hall_guide"], title="办事指南", publicity="on_request")
    return town


replay_papers = Replay(town_with_papers)


@pytest.fixture
def papers(db):
    return replay_papers.lazily()


ALL = {"旧水价", "新水价", "招生计划", "办事指南"}


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({}, ALL),
        ({"industry": "water"}, {"旧水价", "新水价"}),
        ({"branch": "primary-school,service-hall"}, {"招生计划", "办事指南"}),
        ({"division": "210202"}, {"招生计划", "办事指南"}),
        ({"level": "unit"}, ALL),
        ({"level": "department"}, set()),
        ({"entry": "water:B01"}, {"旧水价", "新水价"}),
        ({"entry": "A01"}, {"办事指南"}),
        ({"entry": "water:B01,C01"}, {"旧水价", "新水价", "招生计划"}),
        ({"catalogue": "generic"}, {"办事指南"}),
        ({"group": "B"}, {"旧水价", "新水价"}),
        ({"validity": "superseded"}, {"旧水价"}),
        ({"validity": "in_force", "industry": "water"}, {"新水价"}),
        ({"publicity": "on_request"}, {"办事指南"}),
        ({"document_number": "价1号"}, {"旧水价"}),
        ({"keyword": "招生"}, {"招生计划"}),
        ({"keyword": "招"}, set()),
        ({"generated_after": "2026-01-01"}, {"新水价"}),
        ({"generated_before": "2026-01-01"}, {"旧水价"}),
        ({"issued_after": "2020-01-01"}, ALL),
        ({"issued_before": "2020-01-01"}, set()),
        ({"updated_after": "2020-01-01T00:00:00Z"}, ALL),
    ],
    ids=case_name,
)
def test_a_filter_keeps_what_fits(api, papers, parameters, titles):
    assert api.titles("disclosures", **parameters) == titles


def test_an_organisation_and_an_index_number_name_their_own(api, papers):
    assert api.titles("disclosures", organisation=papers.school.roster.code) == {"招生计划"}
    assert api.titles("disclosures", index_number=papers.old.record.index_number) == {"旧水价"}
    assert api.titles("disclosures", child_of=papers.hall.pk) == {"办事指南"}
    assert api.titles("disclosures", descendant_of=papers.district.pk) == {"招生计划", "办事指南"}


def test_the_newest_come_first(api, papers):
    assert [item["title"] for item in api.list("disclosures")] == ["办事指南", "招生计划", "新水价", "旧水价"]
    assert [item["title"] for item in api.list("disclosures", order="first_published_at", limit=1)] == ["旧水价"]


def test_notices_are_filtered_by_kind_and_time(api, town):
    now, hour = timezone.now(), timedelta(hours=1)
    times = {"已过": (-2, -1), "正在": (-1, 1), "将来": (1, 2)}
    for title, (start, end) in times.items():
        make_notice(
            town.water, title=title, kind="planned_outage", starts_at=now + start * hour, ends_at=now + end * hour
        )
    make_notice(town.school, title="不限时", kind="general")

    assert api.titles("notices", kind="planned_outage") == set(times)
    assert api.titles("notices", state="over") == {"已过"}
    assert api.titles("notices", state="running") == {"正在", "不限时"}
    assert api.titles("notices", state="ahead,over") == {"将来", "已过"}
    assert api.titles("notices", starts_after=now.isoformat()) == {"将来"}
    assert api.titles("notices", ends_before=now.isoformat()) == {"已过"}
    assert {item["title"]: item["state"] for item in api.list("notices")} == {
        "已过": "over",
        "正在": "running",
        "将来": "ahead",
        "不限时": "running",
    }
