"""Who edits a draft looks at it in the front end; nobody else, and not for long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from django.urls import reverse

from cms.front_preview.checks import check_front_end
from ledger.models import Event
from tests.people.test_people import change
from tests.people.test_people import editor_of as appointment_of
from tests.town import Town
from tests.workflows.acts import draft, draft_service, signed_in

FRONT = django_settings.FRONTEND_PREVIEW_URL


def screen(thing: Any, kind: str = "disclosures") -> str:
    return reverse("front_preview:open", args=[kind, thing.pk])


def opened(browser: Client, thing: Any, kind: str = "disclosures") -> str:
    """Return the token the front end gets."""
    answer = browser.post(screen(thing, kind))
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url.startswith(FRONT.partition("{")[0])
    return parse_qs(urlsplit(answer.url).query)["token"][0]


def test_the_front_end_reads_the_draft_that_is_saved(client: Client, town: Town) -> None:
    page = draft(town, title="第一稿")
    token = opened(signed_in(town.editor("water")), page)
    page.title = "第二稿"
    page.save_revision(user=town.editor("water"))

    answer = client.get("/api/v2/preview/", {"token": token})

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["title"] == "第二稿"
    assert answer["Cache-Control"] == "no-store"
    kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind.startswith("preview.")] == ["preview.token_made", "preview.read"]


def test_a_service_item_is_looked_at_the_same_way(client: Client, town: Town) -> None:
    item = draft_service(town)

    token = opened(signed_in(town.editor("water")), item, "service-items")

    assert client.get("/api/v2/preview/", {"token": token}).json()["id"] == item.pk


def test_the_edit_screens_of_pages_and_items_lead_there(town: Town) -> None:
    page, item = draft(town), draft_service(town)
    browser = signed_in(town.editor("water"))

    of_page = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    of_item = browser.get(reverse("wagtailsnippets_snippets_serviceitem:edit", args=[item.pk])).content.decode()

    assert screen(page) in of_page
    assert screen(item, "service-items") in of_item


def test_the_screen_says_where_it_leads_and_the_answer_is_kept_by_nobody(town: Town) -> None:
    page = draft(town)
    browser = signed_in(town.editor("water"))

    shown, answer = browser.get(screen(page)), browser.post(screen(page))

    assert "https://front.example.org" in shown.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_who_does_not_edit_it_gets_no_token(town: Town) -> None:
    page = draft(town)
    browser = signed_in(town.auditor("water"))

    answers = [browser.get(screen(page)), browser.post(screen(page))]

    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not any("token=" in answer.get("Location", "") for answer in answers)
    assert not Event.objects.filter(kind="preview.token_made").exists()


def test_who_edits_elsewhere_gets_no_token(town: Town) -> None:
    assert signed_in(town.editor("school")).post(screen(draft(town))).status_code == 404


def test_it_is_over_after_a_quarter_of_an_hour(client: Client, town: Town, clock: Any) -> None:
    token = opened(signed_in(town.editor("water")), draft(town))

    clock.shift(timedelta(minutes=16))

    assert client.get("/api/v2/preview/", {"token": token}).status_code == 401


def test_it_is_over_with_the_office_of_who_made_it(client: Client, town: Town) -> None:
    token = opened(signed_in(town.editor("water")), draft(town))

    change(town.administrator("water_office"), appointment_of(town, "water"), "suspend")

    assert client.get("/api/v2/preview/", {"token": token}).status_code == 404


def test_it_is_over_with_the_account(client: Client, town: Town) -> None:
    person = town.editor("water")
    token = opened(signed_in(person), draft(town))
    person.is_active = False
    person.save()

    assert client.get("/api/v2/preview/", {"token": token}).status_code == 401


def test_the_button_stands_where_one_edits(town: Town) -> None:
    page = draft(town)
    editing = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert screen(page) in signed_in(town.editor("water")).get(editing).content.decode()
    assert screen(town.water) not in signed_in(town.editor("water")).get(editing).content.decode()


def test_without_a_front_end_there_is_nothing(town: Town) -> None:
    page = draft(town)
    browser = signed_in(town.editor("water"))

    with override_settings(FRONTEND_PREVIEW_URL=""):
        shown = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert screen(page) not in shown
        assert browser.post(screen(page)).status_code == 404


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("", False),
        ("https://front.example/?t={token}", False),
        ("https://front.example/", True),
        ("/preview?token={token}", True),
        ("javascript:alert('{token}')", True),
        ("https://front.example/{token}/{token}", True),
    ],
)
def test_an_address_that_leads_nowhere_is_named_at_the_start(address: str, wrong: bool) -> None:
    with override_settings(FRONTEND_PREVIEW_URL=address):
        assert bool(check_front_end()) == wrong
