"""What fails alone does not stop the others, and each is asked what concerns it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from media.models import Document
from pages.models import DisclosurePage
from snippets.forms import ServiceItemForm
from tests.factories import appoint, make_disclosure, make_person, make_service_item
from tests.town import Town
from workflows.bundles import resubmit_bundle, submit_bundle
from workflows.contents import hash_of
from workflows.due import attend_to_everything
from workflows.guarded import guarded
from workflows.models import Fingerprint, Review, ReviewState
from workflows.reviewing import restore
from workflows.scheduling import clear_dates
from workflows.withdrawing import Plan, withdraw

from .acts import decide, draft, submit, submitted

pytestmark = pytest.mark.usefixtures("clock")


def test_what_fails_is_undone_and_the_next_one_goes_on(town: Town) -> None:
    def rename(name: str) -> str:
        make_person(name)
        if name == "bad":
            raise ValueError
        return name

    answers = [guarded(rename, name) for name in ("bad", "good")]

    assert answers == [None, "good"]
    assert not type(town.editor("water")).objects.filter(username="bad").exists()


def test_a_reminder_that_fails_does_not_stop_the_others(town: Town, clock: Any) -> None:
    town.reviewer("water")
    broken, whole = submitted(town, title="坏的"), submitted(town, title="好的")
    type(broken.workflow_state).objects.filter(pk=broken.workflow_state_id).update(object_id="999999")

    clock.shift(timedelta(days=1))
    done = attend_to_everything()

    whole.refresh_from_db()
    assert (done["reminded"], whole.told) == (1, 1)


def test_a_co_author_never_confirms_what_was_published_at_once(town: Town) -> None:
    town.reviewer("water_office")
    author = make_person("co-author")
    appoint(author, town.water_office, "reviewer")
    page = draft(town, entry="water_outage")
    page.title = "两人写的"
    page.save_revision(user=author)
    page.title = "两人写的抢修停水"
    page.save_revision(user=town.editor("water"))

    decide(town.reviewer("water"), submit(page, town.editor("water")))

    assert author in Review.objects.get(tier=2).barred.all()


def test_an_approval_of_an_earlier_text_saves_no_office_the_review(town: Town) -> None:
    first, superior = town.reviewer("water"), town.reviewer("water_office")
    page = draft(town, entry="water_outage")
    state = submit(page, town.editor("water"))
    type(state).objects.create(
        workflow_state=state.workflow_state, task=state.task, revision=page.revisions.first(), status="approved",
        approver_id=town.water_office.pk, content_hash="an earlier text", finished_by=superior,
        finished_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    other = make_person("other")
    appoint(other, town.water_office, "reviewer")
    page.title = "改过的抢修停水"
    revision = page.save_revision(user=town.editor("water"))
    type(state).objects.filter(pk=state.pk).update(revision=revision, content_hash="")

    decide(first, state)

    assert Review.objects.filter(tier=2, office=town.water_office.pk).exists()


def test_restored_the_other_offices_review_it_again(town: Town) -> None:
    superior, head = town.reviewer("water_office"), town.reviewer("portal")
    decide(town.reviewer("water"), submitted(town, entry="water_outage"))
    page = Review.objects.get(tier=2).subject
    withdraw(subject=page, user=superior, plan=Plan("gone", "有误。"))

    restore(review_id=Review.objects.get(state=ReviewState.WAITING).pk, user=head, comment="原文无误。")

    assert list(Review.objects.filter(state=ReviewState.WAITING).values_list("tier", flat=True)) == [2]


@pytest.mark.parametrize("is_live", [True, False])
def test_what_was_public_keeps_its_provider(town: Town, is_live: bool) -> None:
    first = None if is_live else timezone.now()
    item = make_service_item(town.water, town.industries["waterworks"], live=is_live, first_published_at=first)
    form = ServiceItemForm.__new__(ServiceItemForm)
    form.instance, form.for_user, form.cleaned_data = item, None, {"provider": town.school}
    form._meta = type("Meta", (), {"model": type(item)})

    with pytest.raises(ValidationError, match="公开过"):
        form.clean_provider()


def test_a_date_is_not_cleared_from_what_is_in_review(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    past = timezone.now() - timedelta(hours=1)
    page.expire_at = past
    live = page.save_revision()
    DisclosurePage.objects.filter(pk=page.pk).update(live_revision=live)
    page.refresh_from_db()
    page.expire_at = past
    reviewed = page.save_revision(user=town.editor("water"))
    submit(page, town.editor("water"))
    before = Fingerprint.objects.get(revision=live).content_hash

    clear_dates(DisclosurePage.objects.get(pk=page.pk), "expire_at", timezone.now())

    reviewed.refresh_from_db()
    assert reviewed.content["expire_at"]
    assert Fingerprint.objects.get(revision=live).content_hash != before


def test_a_file_renamed_is_another_content(town: Town) -> None:
    document = Document.objects.create(title="原标题", file=ContentFile(b"x", "a.txt"))
    page = draft(town, body=[("text", f'<p><a linktype="document" id="{document.pk}">文件</a></p>')])
    revision = page.latest_revision
    before = hash_of(revision, revision.as_object())

    Document.objects.filter(pk=document.pk).update(title="改过")

    assert hash_of(revision, revision.as_object()) != before


def test_a_bundle_comes_again_with_drafts_that_have_moved_on(town: Town) -> None:
    town.reviewer("water")
    pages = [draft(town, entry="water_price", title=f"第{number}件") for number in range(2)]
    facts = {"user": town.editor("water"), "organisation": town.water, "title": "调价", "reason": "同时"}
    bundle = submit_bundle(**facts, subjects=pages)
    member = bundle.members.first()
    assert member is not None
    state = member.workflow_state.current_task_state.specific
    state.task.specific.on_action(state, town.reviewer("water"), "reject", comment="改", reason="other")
    page = pages[0]
    page.entry = town.entries["water_outage"]
    page.save_revision(user=town.editor("water"))

    with pytest.raises(ValidationError, match="须立即公开"):
        resubmit_bundle(bundle_id=bundle.pk, user=town.editor("water"))
