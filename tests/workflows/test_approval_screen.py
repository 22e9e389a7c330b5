"""Deciding on one screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty
from pages.models import DisclosurePage, PublicationRecord
from snippets.models import ServiceItem
from tests.factories import appoint, make_disclosure, make_person
from tests.town import Town
from workflows.models import TieredTaskState

from .acts import decide, draft, draft_service, signed_in, submit, submitted, told, words
from .crowd import wait_for


def address(state: TieredTaskState) -> str:
    return reverse("approval:item", args=[state.pk])


def current(subject: Any) -> Any:
    return type(subject).objects.get(pk=subject.pk).current_workflow_task_state


def test_the_screen_shows_content_trail_and_decision(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    page = words(signed_in(reviewer).get(address(state)))

    preview = reverse("wagtailadmin_pages:workflow_preview", args=[state.revision.object_id, state.task_id])
    for shown in ("示例水价", "示例自来水公司", "B01 水价", "初审", "复审", "退回修改", preview):
        assert shown in page


def test_of_a_public_page_the_changes_are_shown_first(town: Town) -> None:
    client = signed_in(town.reviewer("water"))
    page = make_disclosure(town.water, town.entries["water_price"], title="水价", document_number="旧号")
    page.document_number = "新号"
    page.save_revision(user=town.editor("water"))
    state = submit(page, town.editor("water"))

    changes, full = words(client.get(address(state))), words(client.get(address(state), {"view": "full"}))

    assert "<del>旧号</del>" in changes
    assert "<ins>新号</ins>" in changes
    assert "<iframe" in full
    assert "<del>" not in full


def test_approval_hands_on_to_the_superior_and_then_publishes(town: Town) -> None:
    own, superior = town.reviewer("water"), town.reviewer("water_office")
    page = draft(town)
    state = submit(page, town.editor("water"))

    first = decide(own, state, comment="价格已核对")
    second = decide(superior, current(page))

    page.refresh_from_db()
    assert "市水务局" in told(first)[0]
    assert "已批准并公开" in told(second)[0]
    assert page.live
    assert PublicationRecord.objects.filter(page=page).exists()


def test_the_trail_names_who_decided_for_whom_and_what_was_said(town: Town) -> None:
    own, superior = town.reviewer("water"), town.reviewer("water_office")
    page = draft(town)

    decide(own, submit(page, town.editor("water")), comment="价格已核对")

    shown = words(signed_in(superior).get(address(current(page))))
    for part in ("初审通过", "示例自来水公司", "价格已核对", str(own)):
        assert part in shown


def test_the_trail_says_why_a_tier_was_skipped(town: Town) -> None:
    superior = town.reviewer("water_office")

    state = submitted(town)

    assert "无可审核的人员" in words(signed_in(superior).get(address(state)))


def test_a_return_needs_a_reason(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    response = decide(reviewer, state, "reject", "   ")

    state.refresh_from_db()
    assert response.status_code == 422
    assert "退回时请写明原因" in words(response)
    assert state.status == "in_progress"


def test_a_return_keeps_its_reason(town: Town) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    decide(reviewer, state, "reject", "缺依据文件号")

    state.refresh_from_db()
    assert (state.status, state.comment, state.finished_by) == ("rejected", "缺依据文件号", reviewer)


@pytest.mark.parametrize("posted", [{}, {"action": "publish"}, {"action": "approve", "comment": "长" * 2_001}])
def test_a_senseless_decision_changes_nothing(town: Town, posted: dict[str, str]) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    response = signed_in(reviewer).post(address(state), posted)

    state.refresh_from_db()
    assert response.status_code == 422
    assert state.status == "in_progress"


def test_the_next_item_opens_by_itself_and_the_last_leads_to_the_queue(town: Town) -> None:
    reviewer = town.reviewer("water")
    first, second, third = (submitted(town, title=title) for title in "一二三")

    answers = [decide(reviewer, state) for state in (second, third, first)]

    assert [answer.url for answer in answers] == [address(third), address(first), reverse("approval:queue")]


def test_the_next_item_obeys_the_filters(town: Town) -> None:
    superior = town.reviewer("water_office")
    first = submitted(town, "water", "water_price", title="一")
    submitted(town, "water", "water_profile", title="二")
    third = submitted(town, "water", "water_price", title="三")
    narrowed = f"?entry={town.entries['water_price'].pk}"

    answer = signed_in(superior).post(address(first) + narrowed, {"action": "approve"})

    assert answer.url == address(third) + narrowed


def test_for_everybody_else_the_item_does_not_exist(town: Town) -> None:
    town.reviewer("water")
    state = submitted(town)
    others = [
        town.editor("water"),
        town.editor("school"),
        town.reviewer("school"),
        town.reviewer("water_office"),
        make_person("boss", is_superuser=True),
    ]

    for person in others:
        assert signed_in(person).get(address(state)).status_code == 404
        assert decide(person, state).status_code == 404

    state.refresh_from_db()
    assert state.status == "in_progress"


def test_a_reviewer_who_wrote_it_is_told_why_he_may_not(town: Town) -> None:
    author = town.editor("water")
    town.reviewer("water")
    appoint(author, town.water, Duty.REVIEWER)
    state = submitted(town)

    response = decide(author, state)

    state.refresh_from_db()
    assert response.url == reverse("approval:queue")
    assert "须由他人审核" in told(response)[0]
    assert state.status == "in_progress"


def test_who_comes_second_is_told_who_was_first(town: Town) -> None:
    first = town.reviewer("water")
    second = make_person("second")
    appoint(second, town.water, Duty.REVIEWER)
    state = submitted(town)

    decide(first, state)
    response = decide(second, state, "reject", "太晚了")

    state.refresh_from_db()
    assert str(first) in told(response)[0]
    assert state.status == "approved"


def test_what_cannot_be_published_leaves_the_decision_undone(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile")
    state = submit(page, town.editor("water"))
    # Meanwhile the unit's branch has got another catalogue: the entry fits no more.
    town.industries["waterworks"].catalogue = "generic"
    town.industries["waterworks"].save()

    response = decide(reviewer, state)

    state.refresh_from_db()
    page.refresh_from_db()
    assert response.status_code == 422
    assert "没有生效" in words(response)
    assert state.status == "in_progress"
    assert not page.live


def test_a_service_item_is_decided_on_the_same_screen(town: Town) -> None:
    own, superior = town.reviewer("water"), town.reviewer("water_office")
    item = draft_service(town, title="水费查询")
    state = submit(item, town.editor("water"))

    shown = words(signed_in(own).get(address(state)))
    decide(own, state)
    decide(superior, current(item))

    assert "水费查询" in shown
    assert item.snippet_viewset.get_url_name("workflow_preview")
    assert ServiceItem.objects.get(pk=item.pk).live


def test_a_changed_service_item_shows_its_changes(town: Town) -> None:
    client = signed_in(town.reviewer("water"))
    item = draft_service(town, fee="免费")
    item.latest_revision.publish(skip_permission_checks=True)
    item = ServiceItem.objects.get(pk=item.pk)
    item.fee = "每次两元"
    item.save_revision(user=town.editor("water"))

    state = submit(item, town.editor("water"))

    assert "<ins>每次两元</ins>" in words(client.get(address(state)))


def test_after_a_return_the_changed_text_begins_at_the_first_tier(town: Town) -> None:
    own, superior = town.reviewer("water"), town.reviewer("water_office")
    page = draft(town)
    decide(own, submit(page, town.editor("water")))
    decide(superior, current(page), "reject", "缺依据文件号")
    page.title = "改过的水价"
    page.save_revision(user=town.editor("water"))

    page.current_workflow_state.resume(town.editor("water"))

    waited = []
    for person in (own, superior):
        waited.append(current(page).approver.title)
        decide(person, current(page))
    page.refresh_from_db()
    assert waited == ["示例自来水公司", "市水务局"]
    assert page.live
    assert page.title == "改过的水价"


def test_the_screen_costs_no_more_queries_when_more_waits(town: Town) -> None:
    client = signed_in(town.reviewer("water"))
    states = [submitted(town, title=f"水价{number}") for number in range(5)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(states[0])).status_code == 200
        return len(captured)

    client.get(address(states[0]))
    few = queries()
    wait_for(town, town.water, 60, [town.hall])

    assert queries() <= few


def test_the_title_of_a_draft_cannot_become_markup(town: Town) -> None:
    client = signed_in(town.reviewer("water"))
    state = submitted(town, title="<script>alert(1)</script>")

    for page in (words(client.get(address(state))), words(client.get(reverse("approval:queue")))):
        assert "<script>alert(1)" not in page


def test_the_public_page_stays_what_it_was_while_the_next_waits(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    page.title = "新水价"
    page.save_revision(user=town.editor("water"))

    decide(reviewer, submit(page, town.editor("water")))

    assert DisclosurePage.objects.get(pk=page.pk).title == "水价"
