"""No address opens to somebody who has not come through the whole door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.passwords import issue
from media.models import Document
from pages.models import DisclosurePage
from tests.town import Town
from tests.workflows.acts import draft

from .acts import fail, knock
from .tokens import equip

pytestmark = pytest.mark.usefixtures("door")

ABOVE_ALL = "/admin/"


def without_token(town: Town, user: User) -> Client:
    equip(user)
    return given_the_password(user, user.username)


def with_an_issued_password(town: Town, user: User) -> Client:
    return given_the_password(user, issue(user))


def given_the_password(user: User, password: str) -> Client:
    client = Client()
    assert knock(client, user.username, password).status_code == 302
    return client


@pytest.fixture(params=[without_token, with_an_issued_password], ids=["without token", "issued password"])
def half_in(town: Town, request: Any) -> Client:
    enter: Callable[[Town, User], Client] = request.param
    return enter(town, town.editor("water"))


@pytest.fixture
def page(town: Town) -> DisclosurePage:
    return draft(town)


def paths(page: DisclosurePage) -> list[str]:
    names = {
        "wagtailadmin_home": [], "wagtailadmin_explore": [page.get_parent().pk], "wagtailadmin_account": [],
        "wagtailadmin_pages:edit": [page.pk], "wagtailadmin_pages:view_draft": [page.pk],
        "wagtailadmin_pages:preview_on_edit": [page.pk], "wagtailadmin_pages:history": [page.pk],
        "wagtailadmin_choose_page": [], "approval:queue": [], "sign_in:device": [], "sign_in:session": [],
        "wagtailadmin_api:pages:listing": [], "wagtailimages:index": [], "wagtaildocs:index": [],
    }  # fmt: skip
    return [reverse(name, args=arguments) for name, arguments in names.items()]


def test_no_page_of_the_admin_opens(half_in: Client, page: DisclosurePage) -> None:
    opened = {path: answer.status_code for path in paths(page) if (answer := half_in.get(path)).status_code == 200}

    assert opened == {}


def test_no_script_is_answered(half_in: Client, page: DisclosurePage) -> None:
    script = {"x-requested-with": "XMLHttpRequest"}

    answers = {half_in.get(path, headers=script).status_code for path in paths(page)}

    assert answers == {403}


def test_nothing_is_written(half_in: Client, page: DisclosurePage) -> None:
    half_in.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "改过"})
    half_in.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert DisclosurePage.objects.get(pk=page.pk).latest_revision.as_object().title == page.title


def test_outside_the_admin_it_is_nobody(half_in: Client, town: Town) -> None:
    document = Document.objects.create(
        title="草稿附件", file=ContentFile(b"draft", "draft.txt"), owner_organisation_id=town.water.pk
    )

    assert half_in.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename])).status_code in {
        302,
        403,
        404,
    }
    for path in ("/", "/api/v2/", "/api/v2/pages/", "/zh-hant/", "/zh-hant/admin/"):
        assert not half_in.get(path).wsgi_request.user.is_authenticated


def test_the_open_doors_show_nothing_of_the_person(half_in: Client) -> None:
    for name in ("wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_javascript_catalog"):
        answer = half_in.get(reverse(name))
        assert answer.status_code == 200
        assert not answer.wsgi_request.user.is_authenticated


def test_the_way_back_does_not_lead_past(half_in: Client) -> None:
    answer = half_in.get("/admin/login/?next=/admin/pages/")

    assert answer.status_code == 200
    assert half_in.get("/admin/pages/").status_code == 302


def test_paths_written_otherwise_do_not_lead_past(half_in: Client) -> None:
    for path in ("//admin/pages/", "/admin//pages/", "/ADMIN/pages/", "/admin/./pages/", "/en/admin/pages/"):
        assert half_in.get(path).status_code != 200, path


def test_signing_in_as_somebody_else_asks_for_everything_anew(half_in: Client, town: Town) -> None:
    other = town.reviewer("portal")
    equip(other)

    knock(half_in, other.username, other.username)

    assert half_in.get(ABOVE_ALL).url.startswith("/admin/second-factor/?")


def test_who_is_locked_out_gets_in_nowhere(town: Town) -> None:
    clerk = town.editor("water")
    fail(Client(), clerk.username, 5)

    for path in ("/admin/login/", "/admin/login/?next=/api/v2/"):
        answer = Client().post(path, {"username": clerk.username, "password": clerk.username})
        assert answer.status_code == 429


def test_the_door_of_private_pages_is_the_same_door(town: Town) -> None:
    clerk, client = town.editor("water"), Client()
    equip(clerk)

    client.post("/_util/login/", {"username": clerk.username, "password": clerk.username})

    assert not client.get("/").wsgi_request.user.is_authenticated
    assert client.get(ABOVE_ALL).url.startswith("/admin/second-factor/?")
    fail(Client(), clerk.username, 5)
    assert Client().post("/_util/login/", {"username": clerk.username, "password": "wrong"}).status_code == 429
