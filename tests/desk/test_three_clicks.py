"""From the start page every duty is at most three clicks away, by links and menus."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Duty
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit, submitted

HOME = reverse("wagtailadmin_home")
CLICKS = 3
PLACES = {"ordinary": "water", "intermediate": "street", "senior": "district", "super": "portal"}
LINK = re.compile(r'href="(/admin/[^"#]*)')
MENU = re.compile(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', re.S)


def links(client: Any, address: str) -> set[str]:
    """Return where the links of a page and of its menus lead."""
    response = client.get(address)
    if response.status_code != 200 or "html" not in response.headers.get("Content-Type", ""):
        return set()
    page = response.content.decode()
    menus = [json.dumps(json.loads(found)) for found in MENU.findall(page)]
    inside = {url for menu in menus for url in re.findall(r'"url": "(/admin/[^"#]*)', menu)}
    return {html.unescape(found) for found in LINK.findall(page)} | inside


def clicks_to(user: Any, wanted: str) -> int:
    """Return how many clicks lead from the start page to an address that begins so; 99 when more than three."""
    client, seen, here = signed_in(user), {HOME}, {HOME}
    for clicks in range(1, CLICKS + 1):
        found = {url for page in here for url in links(client, page)} - seen
        if any(url.startswith(wanted) for url in found):
            return clicks
        seen |= found
        # Lists of other things lead nowhere nearer.
        here = {url for url in found if "/pages/" in url or "/approval/" in url}
    return 99


@pytest.mark.parametrize("tier", PLACES)
def test_an_editor_writes_for_the_own_organisation(town: Town, tier: str) -> None:
    place = getattr(town, PLACES[tier])

    assert clicks_to(town.editor(PLACES[tier]), f"/admin/pages/{place.pk}/add_subpage/") <= CLICKS


@pytest.mark.parametrize("tier", PLACES)
def test_a_reviewer_decides(town: Town, tier: str) -> None:
    for place in PLACES.values():
        town.reviewer(place)
    state = submitted(town, "water", "water_price") if tier == "ordinary" else _at(town, tier)

    assert clicks_to(town.reviewer(PLACES[tier]), reverse("approval:item", args=[state.pk])) == 1


def _at(town: Town, tier: str) -> Any:
    """Let something wait at a tier: the street's own hall, the district above it, the portal above the water office."""
    if tier == "super":
        return submitted(town, "water_office", "office_functions")
    if tier == "senior":
        page = draft(town, "street", "office_functions")
        decide(town.reviewer("street"), submit(page, town.editor("street")))
        return page.current_workflow_task_state
    return submitted(town, "hall", "hall_guide")


@pytest.mark.parametrize("tier", ["intermediate", "senior", "super"])
def test_an_administrator_reaches_the_people_below(town: Town, tier: str) -> None:
    below = {"intermediate": town.hall, "senior": town.street, "super": town.district}[tier]

    assert clicks_to(town.administrator(PLACES[tier]), reverse("people:people", args=[below.pk])) <= CLICKS


DUTIES: dict[str, Callable[[Town], str]] = {
    "what came back": lambda town: f"/admin/pages/{_returned(town).pk}/edit/",
    "a draft": lambda town: f"/admin/pages/{draft(town, title='草稿').pk}/edit/",
    "what is due": lambda town: reverse("wagtailadmin_pages:add", args=["pages", "disclosurepage", town.water.pk]),
    "several as one": lambda town: reverse("editing:bundle", args=[town.water.pk]),
}


def _returned(town: Town) -> Any:
    state = submitted(town)
    decide(town.reviewer("water"), state, "reject", "缺文号")
    return state.workflow_state.content_object


@pytest.mark.parametrize("duty", DUTIES)
def test_an_editor_finds_each_thing_to_do(town: Town, duty: str) -> None:
    town.reviewer("water")
    wanted = DUTIES[duty](town)

    assert clicks_to(town.editor("water"), wanted) <= CLICKS


@pytest.mark.parametrize("duty", Duty.values)
@pytest.mark.parametrize("tier", PLACES)
def test_every_start_page_answers(town: Town, tier: str, duty: str) -> None:
    if duty not in {Duty.EDITOR, Duty.REVIEWER, Duty.ADMINISTRATOR}:
        pytest.skip("has no desk of this kind")

    assert signed_in(getattr(town, duty)(PLACES[tier])).get(HOME).status_code == 200
