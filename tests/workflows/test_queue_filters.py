"""The queue narrowed and sorted, and the views of it that a person keeps."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_person
from tests.town import Town
from workflows.models import SavedQueue, TieredTaskState

from .acts import draft_service, signed_in, submit, submitted, told, words

QUEUE = reverse("approval:queue")
SAVED = reverse("approval:saved")


def listed(client: Any, **parameters: Any) -> list[str]:
    page = words(client.get(QUEUE, parameters))
    return re.findall(r'row__title"><a href="[^"]+">([^<]+)</a>', page)


@pytest.fixture
def queue(town: Town) -> Any:
    """Three units of a district have submitted: first the school, then the hall, then the hall again."""
    client = signed_in(town.reviewer("district"))
    first = submitted(town, "school", "school_admission", title="招生计划")
    second = submitted(town, "hall", "hall_guide", title="办事指南")
    third = submitted(town, "hall", "hall_guide", title="补充指南")
    for days, state in ((9, first), (5, second), (1, third)):
        at = state.started_at - timedelta(days=days)
        TieredTaskState.objects.filter(pk=state.pk).update(started_at=at)
    return client


def test_an_office_narrows_to_everything_below_it(town: Town, queue: Any) -> None:
    assert listed(queue, organisation=town.street.pk) == ["办事指南", "补充指南"]
    assert listed(queue, organisation=town.education_office.pk) == ["招生计划"]


def test_an_industry_narrows_to_its_units_and_those_of_its_branches(town: Town, queue: Any) -> None:
    assert listed(queue, industry=town.industries["primary"].pk) == ["招生计划"]
    assert listed(queue, industry=town.industries["education"].pk) == ["招生计划"]
    assert listed(queue, industry=town.industries["hall"].pk) == ["办事指南", "补充指南"]


def test_service_items_are_narrowed_by_the_industry_of_their_provider(town: Town) -> None:
    client = signed_in(town.reviewer("water"))
    submit(draft_service(town, title="水费查询"), town.editor("water"))

    assert listed(client, industry=town.industries["waterworks"].pk) == ["水费查询"]


def test_a_tier_narrows_to_what_waits_for_that_tier(town: Town, queue: Any) -> None:
    assert listed(queue, tier=1) == ["招生计划", "办事指南", "补充指南"]
    assert len(listed(queue, tier=3)) == 3, "what does not occur is no choice"


def test_days_narrow_to_what_arrived_between_them(town: Town, queue: Any) -> None:
    second = TieredTaskState.objects.get(revision__object_str="办事指南").started_at

    day = (second + timedelta(hours=8)).date().isoformat()

    assert listed(queue, since=day, until=day) == ["办事指南"]
    assert listed(queue, since=day) == ["办事指南", "补充指南"]


def test_a_span_that_ends_before_it_begins_is_said_to_be_wrong(queue: Any) -> None:
    page = words(queue.get(QUEUE, {"since": "2026-11-20", "until": "2026-11-01"}))

    assert "结束日期不能早于开始日期" in page


def test_routine_entries_alone(town: Town, queue: Any) -> None:
    entry = town.entries["hall_guide"]
    entry.is_routine = True
    entry.save()

    assert listed(queue, routine="on") == ["办事指南", "补充指南"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("oldest", "招生计划"), ("newest", "补充指南"), ("organisation", "招生计划"), ("title", "办事指南")],
)
def test_the_order_is_chosen(queue: Any, sort: str, first: str) -> None:
    assert listed(queue, sort=sort)[0] == first


def test_the_next_item_follows_the_chosen_order(town: Town, queue: Any) -> None:
    newest = TieredTaskState.objects.get(revision__object_str="补充指南")
    address = reverse("approval:item", args=[newest.pk]) + "?sort=newest"

    response = queue.post(address, {"action": "approve", "comment": ""})

    following = TieredTaskState.objects.get(revision__object_str="办事指南")
    assert response.url == reverse("approval:item", args=[following.pk]) + "?sort=newest"


def test_a_view_is_kept_under_a_name_and_opened_again(town: Town, queue: Any) -> None:
    query = f"organisation={town.hall.pk}&sort=newest"

    queue.post(SAVED, {"name": "  大厅  ", "query": query + "&page=7&evil=1"})

    assert SavedQueue.objects.get().query == f"sort=newest&organisation={town.hall.pk}"
    assert f"?{SavedQueue.objects.get().query}".replace("&", "&amp;") in words(queue.get(QUEUE))


def test_the_default_view_opens_with_the_queue_until_all_is_asked_for(town: Town, queue: Any) -> None:
    queue.post(SAVED, {"name": "大厅", "query": f"organisation={town.hall.pk}", "is_default": "on"})

    assert queue.get(QUEUE).url == f"{QUEUE}?organisation={town.hall.pk}"
    assert listed(queue, all=1) == ["招生计划", "办事指南", "补充指南"]


def test_there_is_one_default_and_a_name_is_used_once(queue: Any) -> None:
    queue.post(SAVED, {"name": "甲", "query": "sort=title", "is_default": "on"})
    queue.post(SAVED, {"name": "乙", "query": "sort=tier", "is_default": "on"})
    queue.post(SAVED, {"name": "甲", "query": "sort=newest"})

    assert list(SavedQueue.objects.values_list("name", "query", "is_default")) == [
        ("乙", "sort=tier", True),
        ("甲", "sort=newest", False),
    ]


@pytest.mark.parametrize("name", ["", "   ", "长" * 31])
def test_a_view_without_a_proper_name_is_not_kept(queue: Any, name: str) -> None:
    response = queue.post(SAVED, {"name": name, "query": "sort=title"})

    assert "没有保存" in told(response)[0]
    assert not SavedQueue.objects.exists()


def test_there_is_an_end_to_what_is_kept(queue: Any) -> None:
    for number in range(13):
        response = queue.post(SAVED, {"name": f"第{number}个", "query": "sort=title"})

    assert "最多 12 个" in told(response)[-1]
    assert SavedQueue.objects.count() == 12


def test_a_view_is_forgotten_by_its_owner_alone(town: Town, queue: Any) -> None:
    queue.post(SAVED, {"name": "甲", "query": "sort=title"})
    address = reverse("approval:forget_saved", args=[SavedQueue.objects.get().pk])

    assert signed_in(town.reviewer("water")).post(address).status_code == 404
    queue.post(address)

    assert not SavedQueue.objects.exists()


def test_who_has_no_queue_keeps_no_view_of_it(town: Town) -> None:
    response = signed_in(town.editor("water")).post(SAVED, {"name": "甲", "query": "sort=title"})

    assert not SavedQueue.objects.exists()
    assert response.status_code == 302


def test_what_is_overdue_stands_alone_and_comes_first_when_asked(town: Town, queue: Any) -> None:
    now = timezone.now()
    TieredTaskState.objects.update(due_at=now + timedelta(days=1))
    TieredTaskState.objects.filter(revision__object_str="补充指南").update(due_at=now - timedelta(hours=1))

    assert listed(queue, overdue="on") == ["补充指南"]
    assert listed(queue, sort="due")[0] == "补充指南"
    assert words(queue.get(QUEUE)).count("已逾期") == 1


def test_what_is_on_hold_is_never_overdue(town: Town, queue: Any) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    TieredTaskState.objects.update(due_at=yesterday, held_until=timezone.localdate() + timedelta(days=9))

    assert listed(queue, overdue="on") == []


def test_what_i_am_on_and_what_nobody_is_on(town: Town, queue: Any) -> None:
    running, over = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)
    me, other = town.reviewer("district"), make_person("colleague")
    for title, person, until in (("招生计划", me, running), ("办事指南", other, running), ("补充指南", other, over)):
        TieredTaskState.objects.filter(revision__object_str=title).update(claimed_by=person, claimed_until=until)

    assert listed(queue, claim="mine") == ["招生计划"]
    assert listed(queue, claim="free") == ["补充指南"]
    assert "colleague 正在办理" in words(queue.get(QUEUE))
