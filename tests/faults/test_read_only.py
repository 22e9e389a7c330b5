"""A database that only reads: the public reads on, whoever writes is told the truth, and nothing is half-written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.models import ApiToken
from cms.delivery.models import PublicObject
from tests.api.writing.asking import TEXT, system_of
from tests.delivery.stored.acts import Kept, filled
from tests.faults.breaking import read_only_database
from tests.sign_in.acts import knock
from tests.town import Town
from tests.workflows.acts import draft, signed_in, whole_form_of

pytestmark = pytest.mark.django_db(transaction=True)
MORE = (
    "/search/?query=水价",
    "/site-map/",
    "/mine/?industry=water",
    "/exports/",
    "/sitemap.xml",
    "/robots.txt",
    "/feed.atom",
    "/api/v2/changes/",
    "/api/v2/disclosures/?limit=2",
    "/zh-hant/",
    "/admin/login/",
    "/healthz",
    "/readyz",
)


def quiet(client: Client) -> Client:
    """Let failures be answered, as they are outside of tests."""
    client.raise_request_exception = False
    return client


def rows() -> dict[str, int]:
    """Count the rows of every table."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


@pytest.fixture
def unstored(town: Town, stored: Any) -> Kept:
    """Return a town none of whose answers is kept."""
    return filled(town)


def test_the_public_reads_on_though_nothing_can_be_stored(unstored: Kept) -> None:
    PublicObject.objects.filter(endpoint="disclosures").delete()
    reader = quiet(Client())

    with read_only_database():
        answers = {each: reader.get(each).status_code for each in [*unstored.all_addresses(), *MORE, *MORE]}

    assert {address: status for address, status in answers.items() if status not in {200, 302}} == {}


def test_the_public_reads_on_what_is_stored(kept: Kept) -> None:
    reader = quiet(Client())

    with read_only_database():
        answers = {each: reader.get(each).status_code for each in kept.all_addresses()}

    assert set(answers.values()) == {200}


def test_whoever_is_signed_in_or_has_a_token_reads_on(unstored: Kept) -> None:
    editor = quiet(signed_in(unstored.town.editor("water")))
    system = system_of(unstored.town)
    row = f"/api/v2/disclosures/{unstored.price.pk}/"

    with read_only_database():
        assert editor.get(unstored.price.url).status_code == 200
        assert editor.get("/admin/").status_code == 200
        assert Client().get(row, HTTP_AUTHORIZATION=f"Bearer {system.secret}").status_code == 200

    assert ApiToken.objects.get().last_used_at is None


def test_what_is_posted_is_answered_by_503_in_plain_words(town: Town) -> None:
    page = draft(town)
    editor = quiet(signed_in(town.editor("water")))
    form = {**whole_form_of(page), "title": "改过的题目"}
    before = rows()

    with read_only_database():
        answer = editor.post(f"/admin/pages/{page.pk}/edit/", form)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "没有保存" in answer.content.decode()
    assert (rows(), page.get_latest_revision_as_object().title) == (before, page.title)


def test_the_words_are_those_of_the_person(town: Town) -> None:
    person, page = town.editor("water"), draft(town)
    UserProfile.objects.create(user=person, preferred_language="en")
    editor = quiet(signed_in(person))
    form = whole_form_of(page)

    with read_only_database():
        answer = editor.post(f"/admin/pages/{page.pk}/edit/", form)

    assert answer.status_code == 503
    assert '<html lang="en">' in answer.content.decode()


def test_nobody_signs_in_while_failures_cannot_be_counted(town: Town, settings: Any) -> None:
    settings.AXES_ENABLED = True
    person = town.editor("water")
    client = quiet(Client())

    with read_only_database():
        answers = [knock(client, person.username, word).status_code for word in ("wrong", person.username)]

    assert answers == [503, 503]
    assert client.get("/admin/").status_code == 302


def test_a_session_that_cannot_be_written_is_not_called_deleted(town: Town, settings: Any, clock: Any) -> None:
    settings.SESSION_IDLE_MINUTES = 20
    editor = quiet(signed_in(town.editor("water")))
    clock.shift(120)

    with read_only_database():
        assert editor.get("/admin/").status_code == 503

    assert editor.get("/admin/").status_code == 200


def test_a_system_that_writes_is_answered_by_a_problem(town: Town) -> None:
    system = system_of(town)
    quiet(system.client)
    body = {"title": "水价", "entry": town.entries["water_price"].pk, "body": TEXT}
    before = rows()

    with read_only_database():
        answer = system.create("disclosures", body, idempotency_key="k1")

    problem = json.loads(answer.content)
    assert (answer.status_code, problem["status"], problem["type"].rpartition("#")[2]) == (503, 503, "unavailable")
    assert answer["Retry-After"] == "5"
    assert rows() == before
