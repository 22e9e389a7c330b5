"""What happened is written with who, from where and whose matter it is."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from ledger.events import record
from ledger.models import Event, Result
from ledger.origin import WEB, Origin, OriginMiddleware, coming_from
from tests.factories import make_disclosure

pytestmark = pytest.mark.django_db


def test_an_event_belongs_to_the_organisation_that_answers_for_its_subject(town):
    page = make_disclosure(town.water, town.entries["water_price"])

    event = record("test.done", page, note="示例")

    assert (event.organisation_id, event.subject_type, event.subject_id) == (
        town.water.pk,
        "pages.disclosurepage",
        str(page.pk),
    )
    assert event.data == {"note": "示例"}


def test_an_event_names_who_is_signed_in_and_from_where(town):
    request = RequestFactory().get("/admin/", REMOTE_ADDR="192.0.2.7")
    request.user = town.editor("water")

    with coming_from(Origin(WEB, request, "192.0.2.7")):
        event = record("test.refused", result=Result.REFUSED, before={"a": 1}, after={"a": 2})

    stored = Event.objects.get(pk=event.pk)
    assert (stored.actor, stored.actor_name) == (town.editor("water"), str(town.editor("water")))
    assert (stored.address, stored.channel, stored.result) == ("192.0.2.7", WEB, Result.REFUSED)
    assert (stored.before, stored.after) == ({"a": 1}, {"a": 2})


def test_the_middleware_tells_the_way_in_apart():
    seen = []

    def answer(request):
        from ledger.origin import origin

        seen.append((origin().channel, origin().address))

    for address in ("/admin/", "/api/v2/"):
        OriginMiddleware(answer)(RequestFactory().get(address, REMOTE_ADDR="192.0.2.7"))

    assert seen == [("web", "192.0.2.7"), ("api", "192.0.2.7")]


def test_an_event_outlives_its_actor_and_its_organisation(town):
    person = town.editor("water")
    event = record("test.done", organisation=town.hall, actor=person)
    name = str(person)

    person.appointments.all().delete()
    person.delete()

    assert Event.objects.get(pk=event.pk).actor_name == name
