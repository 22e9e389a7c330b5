"""What is due at once is published by tier 1; the other tiers look at it afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from ledger.models import Letter
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit, submitted, told, words
from workflows.models import Review, ReviewState

pytestmark = pytest.mark.usefixtures("clock")


def published(town: Town) -> Any:
    """Let tier 1 publish an outage; return the answer."""
    reviewer = town.reviewer("water")
    return decide(reviewer, submitted(town, entry="water_outage", title="抢修停水"))


def test_the_superiors_review_within_a_workday(town: Town) -> None:
    superior, head = town.reviewer("water_office"), town.reviewer("portal")

    answer = published(town)

    found = list(Review.objects.order_by("tier").values_list("tier", "office__title", "due_at__date"))
    assert [(tier, office) for tier, office, _ in found] == [(2, "市水务局"), (3, "示例市办事公开网")]
    assert {str(day) for *_, day in found} == {"2026-11-24"}
    assert told(answer) == ["《抢修停水》已批准并公开，随后由“市水务局”、“示例市办事公开网”复核。"]
    letters = Letter.objects.filter(kind="review.opened", must_act=True)
    assert set(letters.values_list("recipient", flat=True)) == {superior.pk, head.pk}


def test_the_approver_is_told_before_who_reviews(town: Town) -> None:
    reviewer = town.reviewer("water")
    town.reviewer("water_office")
    state = submitted(town, entry="water_outage")

    shown = words(signed_in(reviewer).get(reverse("approval:item", args=[state.pk])))

    assert "批准后立即公开，随后由“市水务局”" in shown


def test_an_office_that_approved_does_not_look_again(town: Town) -> None:
    superior = town.reviewer("water_office")
    head = town.reviewer("portal")
    # Nobody reviews in the company itself: the bureau decides the first tier.
    state = submit(draft(town, entry="water_outage"), town.editor("water"))

    decide(superior, state)

    assert list(Review.objects.values_list("office", flat=True)) == [town.portal.pk]
    assert Letter.objects.filter(kind="review.opened").get().recipient == head


def test_a_superior_confirms(town: Town) -> None:
    superior = town.reviewer("water_office")
    published(town)
    review = Review.objects.get(tier=2)

    signed_in(superior).post(reverse("withdrawal:review", args=[review.pk]), {"action": "confirm"})

    review.refresh_from_db()
    assert (review.state, review.decided_by) == (ReviewState.CONFIRMED, superior)


def test_a_superior_withdraws_and_the_other_reviews_are_settled(town: Town) -> None:
    superior = town.reviewer("water_office")
    town.reviewer("portal")
    published(town)
    page = Review.objects.get(tier=2).subject

    url = reverse("withdrawal:withdraw", args=["wagtailcore", "page", page.pk])
    signed_in(superior).post(url, {"kind": "gone", "reason": "停水时间有误。"})

    page.refresh_from_db()
    assert not page.live
    assert set(Review.objects.filter(tier__gt=0).values_list("state", flat=True)) == {ReviewState.WITHDRAWN}
    assert Review.objects.get(withdrawal__isnull=False).office_id == town.portal.pk


def test_overdue_it_goes_one_office_up(town: Town, clock: Any) -> None:
    town.reviewer("water_office")
    above = town.reviewer("portal")
    published(town)

    clock.shift(timedelta(days=2))
    call_command("press_reviews")

    assert Review.objects.get(tier=2).office_id == town.portal.pk
    assert above.pk in Letter.objects.filter(kind="escalation.review").values_list("recipient", flat=True)


def test_what_is_no_longer_urgent_does_not_slip_through_one_tier(town: Town) -> None:
    reviewer, author = town.reviewer("water"), town.editor("water")
    town.reviewer("water_office")
    state = submitted(town, entry="water_outage")
    state.task.specific.on_action(state, reviewer, "reject", comment="请改事项")
    page = state.workflow_state.content_object.specific
    page.entry = town.entries["water_price"]
    page.save_revision(user=author)
    page.current_workflow_state.resume(user=author)
    page.refresh_from_db()

    decide(reviewer, page.current_workflow_task_state)

    page.refresh_from_db()
    assert not page.live
