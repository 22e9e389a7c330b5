"""An old address leads to the new one, in every language; never to what not everybody may know."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from tests.factories import make_disclosure
from tests.town import Town


def led(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.get("Location", "")


def test_an_old_address_leads_to_the_new_one(client, town: Town):
    Redirect.add_redirect("/old", redirect_to=town.water)
    Redirect.add_redirect("/for-now", redirect_to="https://example.org/", is_permanent=False)

    assert led(client, "/old/") == (301, town.water.url)
    assert led(client, "/old") == (301, "/old/")
    assert led(client, "/old/?from=paper") == (301, town.water.url)
    assert led(client, "/for-now/") == (302, "https://example.org/")
    assert led(client, "/zh-hant/old/") == (301, f"/zh-hant{town.water.url}")
    assert client.get("/old/")["Cache-Control"] == "no-cache"


def test_a_page_that_moved_is_found_under_its_old_address(client, town: Town, django_capture_on_commit_callbacks: Any):
    paper = make_disclosure(town.water, town.entries["water_price"], title="水价")
    before = paper.url

    with django_capture_on_commit_callbacks(execute=True):
        town.water.move(town.street, pos="last-child")
    paper.refresh_from_db()

    assert paper.url != before
    assert led(client, before) == (301, paper.url)


def test_the_whole_address_comes_before_its_path_and_the_site_before_all_sites(client, town: Town):
    site = Site.objects.get()
    Redirect.add_redirect("/old", redirect_to="https://example.org/all")
    Redirect.add_redirect("/old", redirect_to="https://example.org/site", site=site)
    Redirect.add_redirect("/old?page=2", redirect_to="https://example.org/two")

    assert led(client, "/old/") == (301, "https://example.org/site")
    assert led(client, "/old/?page=2") == (301, "https://example.org/two")


@pytest.mark.parametrize("is_private", [False, True])
def test_no_redirect_leads_to_what_not_everybody_may_know(client, town: Town, is_private: bool):
    page = make_disclosure(town.water, town.entries["water_price"], title="草稿", live=is_private)
    Redirect.add_redirect("/old", redirect_to=page)
    if is_private:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert led(client, "/old/") == (404, "")


@pytest.mark.parametrize("address", ["/old%00/", "/" + "x" * 3000 + "/", "/%FF%FE/", "/api/v2/old/", "/admin/old/"])
def test_odd_addresses_are_not_found(client, town: Town, address: str):
    Redirect.add_redirect("/api/v2/old", redirect_to=town.water)

    assert client.get(address).status_code in {302, 404}


def test_what_is_there_is_never_led_away_from(client, town: Town):
    Redirect.add_redirect(town.water.url, redirect_to=town.school)

    assert client.get(town.water.url).status_code == 200
