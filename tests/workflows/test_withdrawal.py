"""Taking back from the public: who may, what follows, and the second look within 24 hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty
from ledger.models import Event, Letter
from pages.models import DisclosurePage
from snippets.models import ServiceItem
from tests.factories import appoint, make_disclosure, make_person, make_service_item
from tests.languages.acts import in_english
from tests.town import Town
from tests.workflows.acts import signed_in, submit, told, words
from workflows.models import Review, ReviewState, Withdrawal, WithdrawalState
from workflows.withdrawing import kinds_for

pytestmark = pytest.mark.usefixtures("clock")


def address(subject: Any) -> str:
    """Return the address of the screen."""
    model = "page" if isinstance(subject, DisclosurePage) else "serviceitem"
    app = "wagtailcore" if model == "page" else "snippets"
    return reverse("withdrawal:withdraw", args=[app, model, subject.pk])


def press(user: Any, subject: Any, kind: str = "gone", **data: Any) -> Any:
    """Fill in the form and send it."""
    return signed_in(user).post(address(subject), {"kind": kind, "reason": "价格有误。", **data})


def second(town: Town, place: str = "water_office") -> Any:
    """Appoint another reviewer to a place."""
    person = make_person(f"{place}-second")
    appoint(person, getattr(town, place), Duty.REVIEWER)
    return person


@pytest.fixture
def page(town: Town) -> DisclosurePage:
    return make_disclosure(town.water, town.entries["water_price"], title="水价表", owner=town.editor("water"))


def test_a_superior_withdraws_at_once_and_another_reviewer_reviews(town: Town, page: DisclosurePage) -> None:
    superior, other = town.reviewer("water_office"), second(town)

    answer = press(superior, page)

    page.refresh_from_db()
    review = Review.objects.get()
    assert answer.status_code == 302
    assert not page.live
    assert page.withdrawal.withdrawal_kind == "gone"
    assert (review.office_id, review.due_at) == (town.water_office.pk, timezone.now() + timedelta(hours=24))
    assert list(Letter.objects.filter(kind="review.opened").values_list("recipient", flat=True)) == [other.pk]
    assert Event.objects.filter(kind="withdrawal.done").exists()


def test_the_own_reviewer_takes_back_with_notice_alone_and_asks_for_the_rest(town: Town, page: DisclosurePage) -> None:
    own, superior = town.reviewer("water"), town.reviewer("water_office")

    assert list(kinds_for(page, own)) == ["notice"]
    press(own, page, "gone")

    page.refresh_from_db()
    withdrawal = Withdrawal.objects.get()
    assert page.live
    assert (withdrawal.state, withdrawal.office_id) == (WithdrawalState.REQUESTED, town.water_office.pk)
    letter = Letter.objects.get(kind="withdrawal.requested")
    assert (letter.recipient, letter.must_act) == (superior, True)


def test_what_the_own_reviewer_withdrew_the_superior_reviews(town: Town, page: DisclosurePage) -> None:
    town.reviewer("water_office")

    press(town.reviewer("water"), page, "notice")

    assert Review.objects.get().office_id == town.water_office.pk
    assert Client().get(page.url).status_code == 200


@pytest.mark.parametrize("place", ["street", "school", "education_office", "district"])
def test_nobody_beside_withdraws_or_asks(town: Town, page: DisclosurePage, place: str) -> None:
    answers = [press(person, page).status_code for person in (town.reviewer(place), town.editor(place))]

    assert answers == [404, 404]
    assert not Withdrawal.objects.exists()


def test_an_editor_asks_and_the_superior_grants_without_a_further_review(town: Town, page: DisclosurePage) -> None:
    superior = town.reviewer("water_office")
    press(town.editor("water"), page)
    withdrawal = Withdrawal.objects.get()

    signed_in(superior).post(reverse("withdrawal:request", args=[withdrawal.pk]), {"action": "grant"})

    page.refresh_from_db()
    withdrawal.refresh_from_db()
    assert not page.live
    assert (withdrawal.state, withdrawal.withdrawn_by) == (WithdrawalState.CONFIRMED, superior)
    assert not Review.objects.exists()


def test_a_request_is_declined_with_an_answer(town: Town, page: DisclosurePage) -> None:
    superior = town.reviewer("water_office")
    press(town.editor("water"), page)
    url = reverse("withdrawal:request", args=[Withdrawal.objects.get().pk])

    silent = signed_in(superior).post(url, {"action": "decline"})
    signed_in(superior).post(url, {"action": "decline", "comment": "内容无误。"})

    page.refresh_from_db()
    assert silent.status_code == 422
    assert page.live
    assert Letter.objects.get(kind="withdrawal.declined").recipient == town.editor("water")


def test_the_withdrawer_never_reviews_himself(town: Town, page: DisclosurePage) -> None:
    superior = town.reviewer("water_office")
    town.reviewer("portal")
    press(superior, page)
    review = Review.objects.get()

    answer = signed_in(superior).post(reverse("withdrawal:review", args=[review.pk]), {"action": "confirm"})

    review.refresh_from_db()
    assert answer.status_code == 404
    assert (review.office_id, review.state) == (town.portal.pk, ReviewState.WAITING)


def test_a_second_person_confirms(town: Town, page: DisclosurePage) -> None:
    other = second(town)
    press(town.reviewer("water_office"), page)
    url = reverse("withdrawal:review", args=[Review.objects.get().pk])

    shown = words(signed_in(other).get(url))
    signed_in(other).post(url, {"action": "confirm"})

    assert "价格有误。" in shown
    assert Withdrawal.objects.get().state == WithdrawalState.CONFIRMED
    assert Event.objects.filter(kind="review.confirmed", actor=other).exists()


def test_a_second_person_restores_exactly_what_was_public(town: Town, page: DisclosurePage) -> None:
    for each in (town.portal, town.water_office, town.water):
        in_english(each)
    copy = in_english(page, {"水价表": "Water prices"})
    page.title = "没有批准的修改"
    page.save_revision()
    other = second(town)
    press(town.reviewer("water_office"), page)
    url = reverse("withdrawal:review", args=[Review.objects.get().pk])

    signed_in(other).post(url, {"action": "restore", "comment": "原文无误。"})

    page.refresh_from_db()
    copy.refresh_from_db()
    assert (page.live, page.title, copy.live) == (True, "水价表", True)
    assert page.withdrawal is None
    assert Withdrawal.objects.get().state == WithdrawalState.RESTORED


def test_overdue_the_review_goes_one_office_up(town: Town, page: DisclosurePage, clock: Any) -> None:
    second(town)
    press(town.reviewer("water_office"), page)
    above = town.reviewer("portal")

    clock.shift(timedelta(hours=25))
    call_command("press_reviews")
    call_command("press_reviews")

    review = Review.objects.get()
    assert (review.office_id, review.escalations) == (town.portal.pk, 1)
    assert Letter.objects.get(kind="escalation.review").recipient == above


def test_what_is_in_review_is_a_draft_again(town: Town, page: DisclosurePage) -> None:
    page.save_revision(user=town.editor("water"))
    submit(page, town.editor("water"))

    press(town.reviewer("water_office"), page)

    page.refresh_from_db()
    assert page.current_workflow_state is None


def test_readers_are_led_to_where_the_address_or_the_number_says(town: Town, page: DisclosurePage) -> None:
    other = make_disclosure(town.water, town.entries["water_price"], title="新水价表")

    lost = press(town.reviewer("water_office"), page, "redirected", target="/nowhere/")
    press(town.reviewer("water_office"), page, "superseded", target=other.record.index_number)

    assert lost.status_code == 422
    assert Client().get(page.url)["Location"] == other.url


@pytest.mark.parametrize(
    "data", [{"reason": ""}, {"kind": "expired"}, {"kind": "x"}, {"reason": "张某，身份证号 11010519491231002X。"}]
)
def test_a_withdrawal_without_what_it_needs_is_refused(town: Town, page: DisclosurePage, data: dict[str, str]) -> None:
    answer = press(town.reviewer("water_office"), page, **data)

    page.refresh_from_db()
    assert answer.status_code == 422
    assert page.live


def test_a_service_item_is_withdrawn_and_restored_alike(town: Town) -> None:
    item: ServiceItem = make_service_item(town.water, town.industries["waterworks"])
    other = second(town)
    press(town.reviewer("water_office"), item, "notice")
    item.refresh_from_db()
    left = item.live

    review = reverse("withdrawal:review", args=[Review.objects.get().pk])
    signed_in(other).post(review, {"action": "restore", "comment": "无误。"})

    item.refresh_from_db()
    assert (left, item.live, item.withdrawal) == (False, True, None)


def test_published_anew_by_the_chain_nothing_is_left_to_review(town: Town, page: DisclosurePage) -> None:
    second(town)
    press(town.reviewer("water_office"), page)

    page.save_revision().publish(skip_permission_checks=True)

    assert Review.objects.get().state == ReviewState.CLOSED
    assert Withdrawal.objects.get().state == WithdrawalState.OVER


def test_what_a_superior_withdrew_needs_that_superior_to_come_back(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_profile"], title="企业概况")
    before = page.approval_tiers

    press(town.reviewer("water_office"), page)

    assert (before, DisclosurePage.objects.get(pk=page.pk).approval_tiers) == (1, 2)


def test_coming_too_late_one_is_told(town: Town, page: DisclosurePage) -> None:
    other = second(town)
    press(town.reviewer("water_office"), page)
    url = reverse("withdrawal:review", args=[Review.objects.get().pk])
    signed_in(other).post(url, {"action": "confirm"})

    answer = signed_in(other).post(url, {"action": "restore", "comment": "x"})

    assert told(answer) == ["《水价表》的复核已结束。"]


def test_the_list_asks_a_number_of_queries_that_does_not_grow(town: Town, django_assert_max_num_queries: Any) -> None:
    other, superior = second(town), town.reviewer("water_office")
    for number in range(12):
        press(superior, make_disclosure(town.water, town.entries["water_price"], title=f"水价{number}"))
    client = signed_in(other)

    with django_assert_max_num_queries(40):
        shown = words(client.get(reverse("withdrawal:list")))

    assert shown.count("水价1") >= 3
