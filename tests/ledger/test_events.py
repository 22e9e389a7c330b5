"""What happened is written with who, from where and whose matter it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from ledger.events import record
from ledger.models import Event, Result
from ledger.origin import WEB, Origin, OriginMiddleware, client_address, coming_from
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


def test_an_event_ends_in_one_of_three_ways():
    with pytest.raises(ValueError, match="answered"):
        record("test.done", result="answered")

    assert not Event.objects.filter(kind="test.done").exists()


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


def test_an_event_holds_what_both_databases_can_keep():
    facts = {"text": "甲\x00乙\ud800", "many": (1, 2.0, 1e20, float("inf")), "day": date(2026, 11, 23), "none": None}

    event = record("test.done", before=facts, **facts)

    event.refresh_from_db()
    expected = {"text": "甲乙?", "many": [1, 2, "1e+20", "inf"], "day": "2026-11-23", "none": None}
    assert event.before == event.data == expected


def test_a_command_is_known_by_the_account_of_the_machine(monkeypatch):
    monkeypatch.setenv("LOGNAME", "deploy")

    assert record("test.done").actor_name == "deploy"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 192.0.2.8", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "nonsense\x00", "192.0.2.7"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "", "192.0.2.7"),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_our_proxies_wrote_it(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address


def test_a_socket_has_no_address():
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
