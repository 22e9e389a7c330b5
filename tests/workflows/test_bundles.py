"""A bundle: submitted, approved, returned, recalled as one; public together or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import WorkflowState

from accounts.models import Duty, User
from ledger.models import Event, Letter
from pages.models import DisclosurePage
from tests.factories import appoint, make_person
from tests.town import Town
from workflows.bundles import recall_bundle, resubmit_bundle, submit_bundle
from workflows.decisions import NotRecallableError
from workflows.models import Bundle, BundleState, TieredTaskState
from workflows.queue import waiting_for

from .acts import decide, draft, signed_in, told, words

RETURN = {"action": "reject", "reason": "wrong", "comment": "金额不对"}


def bundle_of(town: Town, *entries: str) -> Bundle:
    """Submit drafts for these entries as one; titled by their number."""
    drafts = [draft(town, entry=entry, title=f"第{number}件") for number, entry in enumerate(entries)]
    return submit_bundle(
        user=town.editor("water"), organisation=town.water, title="调价", reason="同时生效", subjects=drafts
    )


def press(user: Any, bundle: Bundle, **sent: Any) -> Any:
    """Open the bundle and press a button on what is shown."""
    client, address = signed_in(User.objects.get(pk=user.pk)), reverse("approval:bundle", args=[bundle.pk])
    shown = client.get(address)
    keys = [state.pk for state in shown.context["mine"]] if shown.status_code == 200 else []
    return client.post(address, {"action": "approve", "comment": "", **sent, "shown": keys})


def public() -> set[str]:
    return set(DisclosurePage.objects.filter(live=True, title__startswith="第").values_list("title", flat=True))


def state_of(bundle: Bundle) -> str:
    return str(Bundle.objects.get(pk=bundle.pk).state)


@pytest.fixture
def reviewed(town: Town) -> Town:
    town.reviewer("water"), town.reviewer("water_office")
    return town


def test_members_of_one_tier_are_public_together(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_profile")

    response = press(reviewed.reviewer("water"), bundle)

    assert public() == {"第0件", "第1件"}
    assert state_of(bundle) == BundleState.PUBLISHED
    assert "已一起公开" in told(response)[0]


def test_a_member_of_fewer_tiers_waits_locked_for_the_others(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")

    press(reviewed.reviewer("water"), bundle)

    assert public() == set()
    first = DisclosurePage.objects.get(title="第0件")
    assert first.workflow_in_progress
    assert first.get_lock().for_user(reviewed.editor("water"))
    assert "等待同一批次" in str(first.get_lock().get_message(reviewed.editor("water")))

    press(reviewed.reviewer("water_office"), bundle)
    assert public() == {"第0件", "第1件"}


def test_one_that_cannot_be_published_keeps_all(reviewed: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_profile")
    publish = DisclosurePage.publish

    def refuse(page: Any, revision: Any, *args: Any, **kwargs: Any) -> Any:
        if page.title == "第1件":
            raise ValidationError("事项已停用。")
        return publish(page, revision, *args, **kwargs)

    monkeypatch.setattr(DisclosurePage, "publish", refuse)

    page = words(press(reviewed.reviewer("water"), bundle))

    assert "各件都没有公开" in page
    assert "《第1件》：事项已停用。" in page
    assert public() == set()
    assert state_of(bundle) == BundleState.IN_REVIEW


def test_returning_returns_all_with_the_reason(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")

    press(reviewed.reviewer("water"), bundle, **RETURN)

    assert state_of(bundle) == BundleState.RETURNED
    assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()
    assert "金额不对" in words(signed_in(reviewed.editor("water")).get(reverse("approval:bundle", args=[bundle.pk])))


def test_nothing_is_returned_without_a_reason(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")

    response = press(reviewed.reviewer("water"), bundle, action="reject", comment="")

    assert response.status_code == 422
    assert state_of(bundle) == BundleState.IN_REVIEW


def test_a_return_at_a_later_tier_brings_back_what_had_arrived(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")
    press(reviewed.reviewer("water"), bundle)

    press(reviewed.reviewer("water_office"), bundle, **RETURN)

    assert state_of(bundle) == BundleState.RETURNED
    assert not DisclosurePage.objects.get(title="第0件").workflow_in_progress


def test_a_returned_bundle_is_submitted_again_and_passes(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")
    press(reviewed.reviewer("water"), bundle, **RETURN)
    page = DisclosurePage.objects.get(title="第1件")
    page.summary = "改过了"
    page.save_revision(user=reviewed.editor("water"))

    resubmit_bundle(bundle_id=bundle.pk, user=reviewed.editor("water"))

    press(reviewed.reviewer("water"), bundle)
    press(reviewed.reviewer("water_office"), bundle)
    assert public() == {"第0件", "第1件"}


def test_the_submitter_takes_all_of_it_back(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")

    with pytest.raises(NotRecallableError):
        recall_bundle(bundle_id=bundle.pk, user=reviewed.administrator("water"))
    recall_bundle(bundle_id=bundle.pk, user=reviewed.editor("water"))

    assert state_of(bundle) == BundleState.RECALLED
    assert not DisclosurePage.objects.get(title="第0件").workflow_in_progress


def test_taking_back_one_member_takes_back_all(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")
    member = bundle.members.get(title="第1件")

    signed_in(reviewed.editor("water")).post(reverse("approval:recall", args=[member.workflow_state_id]))

    assert state_of(bundle) == BundleState.RECALLED
    assert not DisclosurePage.objects.get(title="第0件").workflow_in_progress


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_no_member_is_decided_on_alone(reviewed: Town, action: str) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_profile")
    state = TieredTaskState.objects.get(workflow_state=bundle.members.get(title="第0件").workflow_state_id)

    response = signed_in(reviewed.reviewer("water")).post(
        reverse("approval:item", args=[state.pk]), {"action": action, "reason": "wrong", "comment": "单独"}
    )

    assert response.status_code == 422
    assert "去批次中决定" in words(response)
    assert state_of(bundle) == BundleState.IN_REVIEW
    assert public() == set()


def test_the_queue_shows_it_once(reviewed: Town) -> None:
    bundle_of(reviewed, "water_profile", "water_price")
    reviewer = reviewed.reviewer("water")

    page = words(signed_in(reviewer).get(reverse("approval:queue")))

    assert waiting_for(reviewer).count() == 1
    assert "批次：调价" in page


def test_who_wrote_one_member_decides_on_the_others_only(reviewed: Town) -> None:
    helper = make_person("helper")
    appoint(helper, reviewed.water, Duty.REVIEWER)
    drafts = [draft(reviewed, entry="water_profile", title=f"第{number}件") for number in range(2)]
    drafts[0].summary = "帮忙改的"
    drafts[0].save_revision(user=helper)
    bundle = submit_bundle(
        user=reviewed.editor("water"), organisation=reviewed.water, title="调价", reason="同时", subjects=drafts
    )

    assert [state.revision.object_str for state in waiting_for(helper)] == ["第1件"]
    press(helper, bundle)
    assert public() == set()

    press(reviewed.reviewer("water"), bundle)
    assert public() == {"第0件", "第1件"}


def test_what_must_be_out_at_once_waits_for_no_others(reviewed: Town) -> None:
    with pytest.raises(ValidationError, match="立即公开"):
        bundle_of(reviewed, "water_profile", "water_outage")

    assert not Bundle.objects.exists()
    assert not WorkflowState.objects.exists()


def test_one_alone_is_no_bundle_and_another_unit_s_draft_no_member(reviewed: Town) -> None:
    with pytest.raises(ValidationError, match="2 到 50"):
        bundle_of(reviewed, "water_profile")
    foreign = draft(reviewed, "school", "school_admission")
    own = draft(reviewed, entry="water_profile")
    with pytest.raises(ValidationError, match="不属于"):
        submit_bundle(
            user=reviewed.editor("water"), organisation=reviewed.water, title="调价", reason="", subjects=[own, foreign]
        )


def test_reviewers_and_submitter_get_one_letter_each(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_profile")
    press(reviewed.reviewer("water"), bundle)

    assert [letter.recipient for letter in Letter.objects.filter(kind="approval.submitted")] == [
        reviewed.reviewer("water")
    ]
    assert Letter.objects.filter(kind="approval.published").count() == 1


def test_the_ledger_knows_it(reviewed: Town) -> None:
    bundle = bundle_of(reviewed, "water_profile", "water_price")
    press(reviewed.reviewer("water"), bundle)
    press(reviewed.reviewer("water_office"), bundle)

    kinds = list(Event.objects.filter(kind__startswith="bundle.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["bundle.submitted", "bundle.approved", "bundle.approved"]
    assert Event.objects.filter(kind="approval.finished").count() == 2


def test_the_bundle_does_not_exist_for_others(reviewed: Town) -> None:
    address = reverse("approval:bundle", args=[bundle_of(reviewed, "water_profile", "water_price").pk])

    for stranger in (reviewed.editor("school"), reviewed.reviewer("district"), make_person("stranger")):
        assert signed_in(stranger).get(address).status_code in {302, 404}
        assert signed_in(stranger).post(address, {"action": "approve"}).status_code in {302, 404}
    assert public() == set()


def test_deciding_single_items_is_as_before(reviewed: Town) -> None:
    page = draft(reviewed, entry="water_profile", title="第9件")
    page.submit_for_approval(reviewed.editor("water"))

    decide(reviewed.reviewer("water"), page.current_workflow_task_state)

    assert public() == {"第9件"}


@pytest.mark.parametrize("who", ["reviewer", "editor"])
def test_the_screen_costs_the_same_for_two_and_for_twelve_members(
    reviewed: Town, who: str, django_assert_max_num_queries: Any
) -> None:
    addresses = [
        reverse("approval:bundle", args=[bundle_of(reviewed, *["water_price"] * members).pk]) for members in (2, 12)
    ]
    client = signed_in(getattr(reviewed, who)("water"))
    client.get(addresses[0])

    counts = []
    for address in addresses:
        with django_assert_max_num_queries(40) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
