"""What waits for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty, User
from pages.models import NoticePage
from tests.factories import appoint, make_disclosure, make_notice, make_person
from tests.town import Town
from workflows.models import TieredTaskState
from workflows.queue import waiting_for

from .acts import draft, draft_service, signed_in, submit, submitted, words
from .crowd import wait_for

QUEUE = reverse("approval:queue")


def titles(user: Any) -> list[str]:
    # Appointments are read once per user object.
    fresh = User.objects.get(pk=user.pk)
    return [state.revision.object_str for state in waiting_for(fresh)]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_the_one_that_waits_longest_comes_first(town: Town) -> None:
    reviewer = town.reviewer("water")
    first, second = submitted(town, title="先交的"), submitted(town, title="后交的")

    TieredTaskState.objects.filter(pk=second.pk).update(started_at=first.started_at - timedelta(days=1))

    assert titles(reviewer) == ["后交的", "先交的"]


def test_only_the_approving_organisation_has_it_in_its_queue(town: Town) -> None:
    own, superior, beside = (town.reviewer(place) for place in ("water", "water_office", "school"))

    submitted(town)

    assert titles(own) == ["示例水价"]
    assert titles(superior) == titles(beside) == titles(town.editor("water")) == []


def test_what_one_wrote_oneself_is_in_the_queue_of_the_others(town: Town) -> None:
    author, other = town.editor("water"), town.reviewer("water")
    appoint(author, town.water, Duty.REVIEWER)

    submitted(town)

    assert titles(author) == []
    assert titles(other) == ["示例水价"]


def test_who_only_edited_it_does_not_decide_on_it_either(town: Town) -> None:
    helper = town.reviewer("water")
    other = make_person("other")
    appoint(other, town.water, Duty.REVIEWER)
    page = draft(town)
    page.summary = "审核员改过的一句。"
    page.save_revision(user=helper)

    submit(page, town.editor("water"))

    assert titles(helper) == []
    assert titles(other) == ["示例水价"]


def test_who_only_saved_it_unchanged_may_decide(town: Town) -> None:
    helper = town.reviewer("water")
    page = draft(town)
    page.save_revision(user=helper)

    state = submit(page, town.editor("water"))

    assert titles(helper) == ["示例水价"]
    assert state.task.specific.may_decide(page, User.objects.get(pk=helper.pk))


def test_who_wrote_the_version_that_is_public_may_decide_on_the_next(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    page.save_revision(user=reviewer).publish(skip_permission_checks=True)
    page.refresh_from_db()
    page.save_revision(user=town.editor("water"))

    state = submit(page, town.editor("water"))

    assert titles(reviewer) == ["水价"]
    assert state.task.specific.may_decide(page, User.objects.get(pk=reviewer.pk))


def test_a_superuser_without_appointment_has_nothing_to_decide(town: Town) -> None:
    town.reviewer("water")

    submitted(town)

    assert titles(make_person("boss", is_superuser=True)) == []


def test_service_items_wait_beside_pages(town: Town) -> None:
    reviewer = town.reviewer("water")
    item = draft_service(town, title="水费查询")

    submit(item, town.editor("water"))

    page = words(signed_in(reviewer).get(QUEUE))
    assert "水费查询" in page
    assert "示例自来水公司" in page


def test_the_queue_narrows_to_an_organisation_an_entry_a_kind_a_word(town: Town) -> None:
    superior = town.reviewer("district")
    submitted(town, "school", "school_admission", title="招生计划")
    submitted(town, "hall", "hall_guide", title="办事指南")
    notice = make_notice(town.hall, live=False, title="停水公告")
    notice.save_revision(user=town.editor("hall"))
    submit(notice, town.editor("hall"))
    client = signed_in(superior)

    def left(**parameters: Any) -> set[str]:
        page = words(client.get(QUEUE, parameters))
        return {title for title in ("招生计划", "办事指南", "停水公告") if f">{title}</a>" in page}

    assert left() == {"招生计划", "办事指南", "停水公告"}
    assert left(organisation=town.hall.pk) == {"办事指南", "停水公告"}
    assert left(entry=town.entries["school_admission"].pk) == {"招生计划"}
    assert left(kind=NoticePage(title="").cached_content_type.pk) == {"停水公告"}
    assert left(words="办事") == {"办事指南"}


@pytest.mark.parametrize(
    "asked",
    ["organisation=abc", "kind=999999", "words=a%00b", "page=abc", "page=99", "entry=-1", "words=" + "长" * 200],
)
def test_a_senseless_filter_gets_an_answer(town: Town, asked: str) -> None:
    reviewer = town.reviewer("water")
    submitted(town)

    response = signed_in(reviewer).get(f"{QUEUE}?{asked}")

    assert response.status_code == 200
    assert "示例水价" in words(response)


def test_an_empty_queue_says_so(town: Town) -> None:
    assert "没有等待您审核的内容" in words(signed_in(town.reviewer("water")).get(QUEUE))


def test_who_does_not_review_is_told_so(town: Town) -> None:
    assert "您没有审核职责" in words(signed_in(town.editor("water")).get(QUEUE))


def test_a_stranger_has_to_sign_in(town: Town) -> None:
    assert Client().get(QUEUE).status_code == 302


def test_a_long_queue_costs_no_more_queries_than_a_short_one(town: Town) -> None:
    superior = town.reviewer("water_office")
    client = signed_in(superior)
    for number in range(5):
        submitted(town, title=f"水价{number}")
    draft_and_submit_service(town)
    client.get(QUEUE)
    few = queries(client, QUEUE)

    wait_for(town, town.water_office, 60, [town.hall])

    assert queries(client, QUEUE) <= few
    assert few <= 40


def draft_and_submit_service(town: Town) -> None:
    item = draft_service(town)
    submit(item, town.editor("water"))
