"""Whoever tries what is not his leaves a trace, and no flood of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from cms.audit import refusals
from ledger.models import Event
from tests.town import Town
from tests.workflows.acts import signed_in, submitted


def events(kind: str = "access.") -> list[Event]:
    """Return the refusals that were written down."""
    return list(Event.objects.filter(kind__startswith=kind).order_by("pk"))


def elsewhere(town: Town) -> dict[str, str]:
    """Return screens about things of others, with what each answers to the school's editor."""
    state = submitted(town)
    page = state.revision.object_id
    return {
        reverse("approval:item", args=[state.pk]): refusals.MISSED,
        reverse("approval:sheet", args=[state.workflow_state_id]): refusals.MISSED,
        reverse("withdrawal:withdraw", args=["wagtailcore", "page", page]): refusals.MISSED,
        reverse("wagtailadmin_pages:edit", args=[page]): refusals.REFUSED,
        reverse("wagtailadmin_pages:edit", args=[999999]): refusals.MISSED,
    }


def test_looking_at_what_is_anothers_is_written_down(town: Town) -> None:
    person = town.editor("school")
    tried = elsewhere(town)

    for address in tried:
        signed_in(person).get(address)

    found = {event.subject_title: event.kind for event in events()}
    assert found == tried
    assert {(event.actor, event.result) for event in events()} == {(person, "refused")}


def test_once_an_hour_for_each_person_screen_and_object(town: Town) -> None:
    address = next(iter(elsewhere(town)))

    for _time in range(3):
        signed_in(town.editor("school")).get(address)
    signed_in(town.editor("hall")).get(address)
    cache.clear()
    signed_in(town.editor("hall")).get(address)

    assert [event.actor for event in events()] == [town.editor("school"), town.editor("hall"), town.editor("hall")]


def test_whoever_tries_all_numbers_is_written_down_and_then_no_more(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(refusals, "MOST", 5)
    client = signed_in(town.editor("school"))

    for number in range(900000, 900010):
        client.get(reverse("approval:item", args=[number]))

    assert [event.kind for event in events()] == [refusals.MISSED] * 4 + [refusals.FLOODED]


@pytest.mark.parametrize("path", ["/not-there/", "/admin/no-such-screen/"])
def test_a_wrong_address_is_no_refusal(town: Town, path: str) -> None:
    signed_in(town.editor("school")).get(path)

    assert events() == []


def test_strangers_are_not_written_down(town: Town, client: Any) -> None:
    client.get(next(iter(elsewhere(town))))

    assert events() == []
