"""Whatever matters becomes an event, once, with who did it and whose matter it is."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import LogContext, log, registry
from wagtail.models import PageLogEntry

from accounts.models import User
from cms.audit.feeding import WATCHED
from cms.audit.kinds import KINDS
from cms.audit.middleware import AuditMiddleware
from ledger.events import record
from ledger.models import Event, Result
from ledger.origin import Origin, coming_from
from pages.models import DisclosurePage
from tests.factories import make_disclosure, make_person, make_service_item
from tests.workflows.acts import decide, signed_in, submitted

pytestmark = pytest.mark.django_db

# What our rooms write into the logs, and the event that their service records beside it.
RECORDED = {
    "accounts.appoint": "people.appointed",
    "accounts.suspend": "people.suspended",
    "accounts.resume": "people.resumed",
    "accounts.relieve": "people.relieved",
    "pages.change_unit_type": "unit.type_changed",
    "gongkai.withdraw": "withdrawal.done",
    "gongkai.confirm": "review.confirmed",
    "gongkai.restore": "withdrawal.restored",
}


def events(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind).order_by("pk"))


def test_an_edit_is_one_event_of_the_organisation(town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    page.save_revision(user=town.editor("water"), log_action=True)

    (event,) = events("wagtail.edit")

    assert (event.actor, event.organisation_id) == (town.editor("water"), town.water.pk)
    assert (event.subject_type, event.subject_id) == ("pages.disclosurepage", str(page.pk))
    assert event.data["revision"] == page.latest_revision_id


def test_an_entry_costs_two_queries(town):
    page = DisclosurePage.objects.get(pk=make_disclosure(town.water, town.entries["water_price"]).pk)
    entry = PageLogEntry.objects.log_action(page, "wagtail.lock")
    entry.pk = None

    with CaptureQueriesContext(
        connection,
    ) as queries:
        entry.save()

    # Wagtail checks its keys first.
    assert len([query for query in queries if "SELECT 1" not in query["sql"]]) == 3


def test_the_autosaves_of_one_draft_are_one_event(town):
    page, editor = make_disclosure(town.water, town.entries["water_price"]), town.editor("water")
    with LogContext(user=editor):
        revision = page.save_revision(user=editor, log_action=True)
    for _turn in range(2):
        with LogContext(user=editor):
            page.save_revision(user=editor, log_action=True, overwrite_revision=revision)

    assert PageLogEntry.objects.filter(page=page, action="wagtail.edit").count() == 3
    assert len(events("wagtail.edit")) == 1


def test_a_move_tells_from_where_to_where(town):
    MovePageAction(town.school, town.street, pos="last-child").execute(skip_permission_checks=True)

    (event,) = events("wagtail.move")

    assert (event.before or {})["title"] == "示例区教育局"
    assert (event.after or {})["title"] == "示例街道"


def test_a_moved_page_belongs_to_where_it_stands_now(town):
    page = make_disclosure(town.water, town.entries["water_price"])
    assert page.organisation.pk == town.water.pk

    MovePageAction(page, town.hall, pos="last-child").execute(skip_permission_checks=True)

    assert [event.organisation_id for event in events("wagtail.move")] == [town.hall.pk]


def test_a_deletion_outlives_the_page_under_the_organisation_above(town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")

    DeletePageAction(page, user=town.editor("water")).execute(skip_permission_checks=True)

    assert [(event.subject_title, event.organisation_id) for event in events("wagtail.delete")] == [
        ("水价", town.water.pk)
    ]


def test_a_service_item_belongs_to_its_provider(town):
    item = make_service_item(town.water, town.industries["waterworks"])

    log(item, "wagtail.edit", user=town.editor("water"))

    assert events("wagtail.edit")[0].organisation_id == town.water.pk


def test_an_approval_is_told_with_its_publication(town):
    reviewer = town.reviewer("water")

    decide(reviewer, submitted(town, entry="water_profile"))

    # The screening comes first, and is nobody.
    assert [event.actor for event in events("wagtail.workflow.approve")] == [None, reviewer]
    assert [event.subject_title for event in events("wagtail.publish")][-1] == "示例水价"


def test_what_a_room_logs_itself_it_records_itself():
    registry.scan_for_actions()

    own = {action for action in registry.formatters if not action.startswith(WATCHED)}

    assert own == RECORDED.keys()
    assert set(RECORDED.values()) <= KINDS.keys()


def test_a_new_account_and_its_changes_are_told():
    person = make_person("zhangsan")
    person.is_superuser = True
    person.save()
    person.save(update_fields=["last_login"])
    person.save()

    assert [(event.after or {})["username"] for event in events("account.created")] == ["zhangsan"]
    (changed,) = events("account.changed")
    assert (changed.before, changed.after) == ({"is_superuser": False}, {"is_superuser": True})


def test_a_superuser_made_at_the_shell_is_told(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Kx7-pinewood")
    call_command("createsuperuser", interactive=False, username="root", email="")

    (event,) = events("account.created")

    assert (event.after or {})["is_superuser"]
    assert event.channel == "command"


def test_a_password_set_for_somebody_is_told_without_the_password():
    person = make_person("zhangsan")
    person.set_password("Kx7-pinewood")
    person.save()

    (event,) = events("account.password_set")

    assert event.subject_id == str(person.pk)
    assert "pinewood" not in str(event.data)


def test_who_is_refused_is_told(town):
    editor = town.editor("water")

    signed_in(editor).get(reverse("people:people", args=[town.school.pk]))

    (event,) = events("access.refused")
    assert (event.actor, event.result, event.channel) == (editor, Result.REFUSED, "web")
    assert event.subject_title == f"/admin/people/{town.school.pk}/"


def test_who_may_is_no_refusal(town):
    signed_in(town.editor("water")).get(reverse("wagtailadmin_home"))

    assert events("access.refused") == []


def test_what_staff_carries_away_is_told_and_what_citizens_read_is_not(town, client):
    address = town.water.get_url() + "catalogue.csv"

    client.get(address)
    signed_in(town.editor("water")).get(address, {"year": "2026"})

    (event,) = events("export.downloaded")
    assert (event.subject_title, event.data["query"]) == (address, "year=2026")
    assert "csv" in event.data["file"]


def test_an_account_can_be_deleted(town):
    person = make_person("zhangsan")

    person.delete()

    assert not User.objects.filter(username="zhangsan").exists()


def test_a_view_that_records_its_export_itself_is_not_told_twice(rf, town):
    request = rf.get("/admin/report.csv")
    request.user, request.COOKIES["sessionid"] = town.editor("water"), "x"

    def answer(request):
        record("export.people_report")
        return HttpResponse(headers={"Content-Disposition": "attachment; filename=report.csv"})

    with coming_from(Origin("web", request)):
        AuditMiddleware(answer)(request)

    assert [event.kind for event in Event.objects.filter(kind__startswith="export.")] == ["export.people_report"]


def test_an_approval_that_is_refused_is_told(town):
    town.reviewer("water")
    state = submitted(town, entry="water_profile")

    decide(town.editor("water"), state)

    (event,) = events("approval.refused")
    assert (event.actor, event.result, event.organisation_id) == (town.editor("water"), "refused", town.water.pk)
