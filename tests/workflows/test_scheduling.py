"""Going public at an hour and leaving it at one: what was approved, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from ledger.models import Event, Letter
from pages.checklist import gaps
from pages.models import DisclosurePage
from tests.clock import NOW
from tests.factories import make_disclosure, make_person
from tests.town import Town
from tests.workflows.acts import draft, signed_in, submit, words
from workflows.models import ScheduledPublication, ScheduleState

pytestmark = pytest.mark.usefixtures("clock")
HOUR = NOW + timedelta(hours=3)


def approved(town: Town, **fields: Any) -> DisclosurePage:
    """Approve a draft for an hour to come."""
    author = town.editor("water")
    page = draft(town, entry="water_profile", go_live_at=HOUR, **fields)
    state = submit(page, author)
    state.task.specific.on_action(state, town.reviewer("water"), "approve", comment="")
    page.refresh_from_db()
    return page


def run(clock: Any, at: datetime) -> None:
    """Let the worker come by at a moment."""
    clock.move_to(at, tick=False)
    call_command("publish_scheduled")


def test_at_its_hour_exactly_the_approved_version_is_public(town: Town, clock: Any) -> None:
    page = approved(town)
    page.title = "后来的修改"
    page.save_revision()

    run(clock, HOUR - timedelta(minutes=1))
    early = DisclosurePage.objects.get(pk=page.pk).live
    run(clock, HOUR + timedelta(seconds=30))

    page.refresh_from_db()
    assert (early, page.live, page.title, page.go_live_at) == (False, True, "示例水价", None)
    assert ScheduledPublication.objects.get().state == ScheduleState.DONE
    assert not Event.objects.filter(kind="schedule.missed").exists()


def test_a_missed_hour_is_made_up_for_and_raises_an_alarm(town: Town, clock: Any) -> None:
    operator = make_person("operator", is_superuser=True)
    page = approved(town)

    run(clock, HOUR + timedelta(minutes=10))

    page.refresh_from_db()
    assert page.live
    assert Event.objects.get(kind="schedule.missed").data["minutes"] == 10
    assert Letter.objects.get(kind="escalation.schedule").recipient == operator


def test_what_moved_to_another_office_meanwhile_waits_for_its_new_superior(town: Town, clock: Any) -> None:
    page = approved(town)
    town.water.move(town.street, "last-child")

    run(clock, HOUR + timedelta(seconds=30))

    page.refresh_from_db()
    assert not page.live
    assert ScheduledPublication.objects.get().state == ScheduleState.STOPPED


def test_a_date_without_an_approval_publishes_nothing(town: Town, clock: Any) -> None:
    page = draft(town)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=HOUR)

    run(clock, HOUR + timedelta(seconds=30))

    page.refresh_from_db()
    assert not page.live
    assert Event.objects.get(kind="schedule.stopped").result == "refused"


def test_one_that_fails_does_not_stop_the_others(town: Town, clock: Any) -> None:
    broken, whole = approved(town, title="坏的"), approved(town, title="好的")
    Revision.objects.filter(pk=broken.latest_revision_id).update(content={"pk": broken.pk})

    run(clock, HOUR + timedelta(seconds=30))

    whole.refresh_from_db()
    broken.refresh_from_db()
    assert (whole.live, broken.live) == (True, False)


@pytest.mark.parametrize(("place", "may"), [("water_office", True), ("water", True), ("street", False)])
def test_a_reviewer_of_the_office_or_above_revokes_the_hour(town: Town, clock: Any, place: str, may: bool) -> None:
    page = approved(town)
    url = reverse("withdrawal:revoke", args=[ScheduledPublication.objects.get().pk])

    signed_in(town.reviewer(place)).post(url, {"reason": "推迟。"})
    run(clock, HOUR + timedelta(seconds=30))

    page.refresh_from_db()
    assert page.live is not may


def test_what_expires_leaves_and_its_number_says_so(town: Town, clock: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], expire_at=HOUR)
    number = page.record.index_number

    run(clock, HOUR + timedelta(seconds=30))

    page.refresh_from_db()
    assert (page.live, page.expired, page.expire_at) == (False, True, None)
    assert page.withdrawal.withdrawal_kind == "expired"
    assert page.get_latest_revision_as_object().expire_at is None
    assert Client().get(f"/i/{number}").status_code == 410


def test_an_end_typed_into_a_live_page_waits_for_its_approval(town: Town, clock: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    page.expire_at = HOUR
    page.save_revision(user=town.editor("water"))

    run(clock, HOUR + timedelta(minutes=1))

    page.refresh_from_db()
    assert page.live


def shown_until(page: Any, end: str) -> None:
    """Put a list of names on a page, on display until a day."""
    block = page.body.stream_block.child_blocks["name_list"]
    days = {"display_from": "2026-11-20", "display_to": end, "reason": "拟录取名单"}
    page.body = [("name_list", block.to_python(days))]


def listed(town: Town) -> DisclosurePage:
    """Publish a list of names that is on display until today."""
    page = make_disclosure(town.water, town.entries["water_price"], title="名单")
    shown_until(page, "2026-11-23")
    page.save_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    return page


def test_a_list_of_names_leaves_by_itself_at_midnight_in_beijing(town: Town, clock: Any) -> None:
    page = listed(town)
    midnight = datetime(2026, 11, 24, tzinfo=ZoneInfo("Asia/Shanghai"))

    ends = page.expire_at
    run(clock, midnight + timedelta(seconds=30))

    page.refresh_from_db()
    assert ends == midnight
    assert not page.live
    assert "公示事项：拟录取名单" in Client().get(page.url).content.decode()


def test_a_longer_display_is_a_later_end(town: Town) -> None:
    page = listed(town)

    shown_until(page, "2026-11-30")
    page.save_revision()

    assert timezone.localtime(page.expire_at).date().isoformat() == "2026-12-01"


@pytest.mark.parametrize("end", [None, "2026-11-01"])
def test_a_list_of_names_without_an_end_to_come_is_not_submitted(town: Town, end: Any) -> None:
    page = draft(town)
    shown_until(page, end)

    assert any("名单公示" in gap.sentence and "公示" in gap.sentence and gap.blocking for gap in gaps(page))


def test_the_button_promises_no_earlier_publication_than_the_hour(town: Town) -> None:
    reviewer = signed_in(town.reviewer("water"))
    later = submit(draft(town, entry="water_profile", go_live_at=HOUR), town.editor("water"))
    at_once = submit(draft(town, entry="water_profile"), town.editor("water"))

    said = [words(reviewer.get(reverse("approval:item", args=[state.pk]))) for state in (later, at_once)]

    assert ["批准，到时公开" in each for each in said] == [True, False]
    assert ["批准并公开" in each for each in said] == [False, True]
