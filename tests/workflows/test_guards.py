"""What is refused, with a sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.models import DisclosurePage, UnitPage
from snippets.models import ServiceItem
from tests.factories import make_person
from tests.town import Town
from workflows.scheduling import revoke, waiting_schedule

from .acts import decide, draft, draft_service, signed_in, submit, submitted, told


def approved_for_later(town: Town, make: Any) -> Any:
    """Approve a draft through all tiers, to go public the day after tomorrow."""
    reviewers = [town.reviewer(place) for place in ("water", "water_office")]
    subject = make(town, go_live_at=timezone.now() + timedelta(days=2))
    submit(subject, town.editor("water"))
    for reviewer in reviewers:
        subject.refresh_from_db()
        decide(reviewer, subject.current_workflow_task_state)
    subject.refresh_from_db()
    return subject


def deletion_of(subject: Any) -> str:
    """Return the address that deletes it."""
    viewset = getattr(subject, "snippet_viewset", None)
    return reverse(viewset.get_url_name("delete") if viewset else "wagtailadmin_pages:delete", args=[subject.pk])


def test_a_draft_in_review_is_not_deleted(town: Town) -> None:
    state = submitted(town)
    page = int(state.revision.object_id)

    response = signed_in(town.editor("water")).post(reverse("wagtailadmin_pages:delete", args=[page]))

    assert "正在审核中" in told(response)[0]
    assert DisclosurePage.objects.filter(pk=page).exists()


def test_nor_in_bulk(town: Town) -> None:
    page = int(submitted(town).revision.object_id)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    response = signed_in(town.editor("water")).post(f"{address}?id={page}")

    assert "正在审核中" in told(response)[0]
    assert DisclosurePage.objects.filter(pk=page).exists()


def test_nor_with_what_stands_above_it(town: Town) -> None:
    submitted(town)
    boss = make_person("boss", is_superuser=True)

    response = signed_in(boss).post(reverse("wagtailadmin_pages:delete", args=[town.water.pk]))

    assert told(response)
    assert UnitPage.objects.filter(pk=town.water.pk).exists()


def test_a_service_item_in_review_is_not_deleted(town: Town) -> None:
    item = draft_service(town)
    submit(item, town.editor("water"))
    address = reverse(item.snippet_viewset.get_url_name("delete"), args=[item.pk])

    response = signed_in(town.editor("water")).post(address)

    assert "正在审核中" in told(response)[0]
    assert ServiceItem.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("make", [draft, draft_service])
def test_what_was_approved_for_an_hour_to_come_is_not_deleted(town: Town, make: Any) -> None:
    subject = approved_for_later(town, make)
    editor, boss = signed_in(town.editor("water")), signed_in(make_person("boss", is_superuser=True))

    answers = [told(client.post(deletion_of(subject))) for client in (editor, boss)]

    assert all("已批准定时公开" in said[0] for said in answers)
    assert type(subject).objects.filter(pk=subject.pk).exists()


def test_nor_in_bulk_nor_moved(town: Town) -> None:
    page = approved_for_later(town, draft)
    boss = signed_in(make_person("boss", is_superuser=True))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, town.school.pk])

    answers = [told(boss.post(address)) for address in (f"{bulk}?id={page.pk}", move)]

    assert all("已批准定时公开" in said[0] for said in answers)
    assert DisclosurePage.objects.child_of(town.water).filter(pk=page.pk).exists()


def test_a_draft_whose_hour_was_taken_back_may_be_deleted(town: Town) -> None:
    page = approved_for_later(town, draft)
    revoke(schedule_id=waiting_schedule(page).pk, user=town.reviewer("water"), reason="不公开了")

    signed_in(town.editor("water")).post(deletion_of(page))

    assert not DisclosurePage.objects.filter(pk=page.pk).exists()


def test_a_draft_that_nobody_reviews_may_be_deleted(town: Town) -> None:
    page = draft(town)

    signed_in(town.editor("water")).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not DisclosurePage.objects.filter(pk=page.pk).exists()


def test_not_even_a_superuser_publishes_in_bulk(town: Town) -> None:
    page = draft(town)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = signed_in(make_person("boss", is_superuser=True)).post(f"{address}?id={page.pk}")

    page.refresh_from_db()
    assert "不能直接发布" in told(response)[0]
    assert not page.live
