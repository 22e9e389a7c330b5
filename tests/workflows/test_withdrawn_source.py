"""What left the public in Chinese comes out in English on no way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Revision

from pages.models import DisclosurePage
from tests.clock import NOW
from tests.factories import make_disclosure
from tests.languages.acts import in_english
from tests.town import Town
from workflows.models import ScheduledPublication, ScheduleState
from workflows.withdrawing import Plan, withdraw

from .acts import decide, submit

pytestmark = pytest.mark.usefixtures("clock")
HOUR = NOW + timedelta(hours=3)


@pytest.fixture
def pair(town: Town) -> tuple[DisclosurePage, Any]:
    """A public disclosure, and a change of its English copy that nobody has submitted."""
    for each in (town.portal, town.water_office, town.water):
        in_english(each)
    page = make_disclosure(town.water, town.entries["water_profile"], title="企业概况")
    copy = in_english(page, {"企业概况": "Profile"})
    return page, copy


def withdrawn(town: Town, page: DisclosurePage) -> None:
    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan("gone", "有误。"))


def test_a_translation_in_review_is_a_draft_again(town: Town, pair: tuple[DisclosurePage, Any]) -> None:
    page, copy = pair
    copy.save_revision(user=town.editor("water"))
    submit(copy, town.editor("water"))

    withdrawn(town, page)

    copy = type(copy).objects.get(pk=copy.pk)
    assert (copy.live, copy.workflow_in_progress) == (False, False)


def test_a_translation_loses_its_hour(town: Town, pair: tuple[DisclosurePage, Any], clock: Any) -> None:
    page, copy = pair
    copy.go_live_at = HOUR
    copy.save_revision(user=town.editor("water"))
    decide(town.reviewer("water"), submit(copy, town.editor("water")))

    withdrawn(town, page)
    clock.move_to(HOUR + timedelta(seconds=30), tick=False)
    call_command("publish_scheduled")

    assert not type(copy).objects.get(pk=copy.pk).live
    assert ScheduledPublication.objects.get().state == ScheduleState.REVOKED
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_a_translation_approved_after_its_source_has_left_is_not_published(
    town: Town, pair: tuple[DisclosurePage, Any]
) -> None:
    page, copy = pair
    copy.unpublish()
    DisclosurePage.objects.filter(pk=page.pk).update(live=False)
    copy.save_revision(user=town.editor("water"))
    state = submit(copy, town.editor("water"))

    decide(town.reviewer("water"), state)

    assert not type(copy).objects.get(pk=copy.pk).live


def test_an_hour_that_comes_after_the_source_has_left_is_stopped(
    town: Town, pair: tuple[DisclosurePage, Any], clock: Any
) -> None:
    page, copy = pair
    copy.unpublish()
    copy.go_live_at = HOUR
    copy.save_revision(user=town.editor("water"))
    decide(town.reviewer("water"), submit(copy, town.editor("water")))
    DisclosurePage.objects.filter(pk=page.pk).update(live=False)

    clock.move_to(HOUR + timedelta(seconds=30), tick=False)
    call_command("publish_scheduled")

    assert not type(copy).objects.get(pk=copy.pk).live
    assert ScheduledPublication.objects.get().state == ScheduleState.STOPPED
