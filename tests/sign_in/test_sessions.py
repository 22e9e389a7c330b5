"""An idle session ends, whatever the browser asks by itself; and so does that of somebody who is suspended."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import Event
from tests.town import Town
from tests.workflows.acts import draft, signed_in

from .acts import HOME, is_inside, knock

pytestmark = pytest.mark.usefixtures("door", "clock")

MINUTE = 60
SESSION = "/admin/sign-in/session/"


def test_after_twenty_idle_minutes_one_signs_in_again_and_comes_back(town: Town, clock: Any) -> None:
    user = town.editor("water")
    client = signed_in(user)
    clock.shift(21 * MINUTE)

    sent = client.get("/admin/pages/")
    page = client.get(sent.url)
    answer = client.post(sent.url, {"username": user.username, "password": user.username, "next": "/admin/pages/"})

    assert unquote(sent.url) == "/admin/login/?next=/admin/pages/"
    assert "已自动退出" in page.content.decode()
    assert answer.url == "/admin/pages/"
    assert Event.objects.filter(kind="sign_in.timed_out", actor=user).exists()


def test_who_works_stays_in(town: Town, clock: Any) -> None:
    client = signed_in(town.editor("water"))

    for _each in range(4):
        clock.shift(15 * MINUTE)
        assert is_inside(client)


def test_what_the_editor_asks_by_itself_does_not_keep_the_session(town: Town, clock: Any) -> None:
    client, page = signed_in(town.editor("water")), draft(town)
    client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, 0])

    answers = []
    for _each in range(5):
        clock.shift(5 * MINUTE)
        client.get(SESSION)
        answers.append(client.post(ping).status_code)

    assert answers == [200, 200, 200, 302, 302]
    assert not is_inside(client)


def test_a_form_that_was_sent_too_late_leads_back_to_its_page(town: Town, clock: Any) -> None:
    client, page = signed_in(town.editor("water")), draft(town)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    clock.shift(21 * MINUTE)

    answer = client.post(edit, {"title": "新"}, headers={"referer": f"http://testserver{edit}"})

    assert unquote(answer.url) == f"/admin/login/?next={edit}"


def test_the_page_learns_how_long_it_has_and_may_ask_for_more(town: Town, clock: Any) -> None:
    client = signed_in(town.editor("water"))
    clock.shift(18 * MINUTE)

    asked = client.get(SESSION).json()
    prolonged = client.post(SESSION).json()

    assert (asked["signed_in"], asked["left"]) == (True, 2 * MINUTE)
    assert prolonged["left"] == 20 * MINUTE
    assert Client().get(SESSION).status_code == 403


def test_no_session_lasts_longer_than_a_day_of_work(town: Town, clock: Any) -> None:
    client = signed_in(town.editor("water"))
    for _each in range(48):
        clock.shift(15 * MINUTE)
        client.get(HOME)

    assert not is_inside(client)


def test_an_idle_session_is_nobody_on_the_public_pages_too(town: Town, clock: Any) -> None:
    client, page = signed_in(town.editor("water")), draft(town)
    preview = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert client.get(preview).status_code == 200
    clock.shift(21 * MINUTE)

    assert not client.get("/").wsgi_request.user.is_authenticated
    assert client.get(preview).status_code == 302


def test_who_is_suspended_from_everything_is_out_at_once(town: Town) -> None:
    user = town.editor("water")
    client = signed_in(user)
    assert is_inside(client)

    user.appointments.update(is_suspended=True)

    assert "任职已暂停" in client.get(HOME, follow=True).content.decode()
    assert "_auth_user_id" not in client.session


def test_who_is_deactivated_is_out_at_once(town: Town) -> None:
    user = town.editor("water")
    client = signed_in(user)
    user.is_active = False
    user.save()

    assert client.get(HOME).url.startswith("/admin/login/")


def test_a_session_ends_with_the_browser(town: Town) -> None:
    user, client = town.editor("water"), Client()

    answer = knock(client, user.username, user.username)

    assert not answer.cookies["sessionid"]["max-age"]


def test_a_public_page_does_not_ask_for_the_session(town: Town) -> None:
    answer = Client().get("/")

    assert not answer.wsgi_request.session.accessed
