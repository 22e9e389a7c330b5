"""Four storeys: three tiers, five people; then a superior takes it back and a second person looks again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.workflows.acts import draft

from .clerk import decide, sign_in, submit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "2027年招生计划"


def written(town: Town, place: str, entry: str, title: str) -> Any:
    """Write a complete draft, with everybody there who will decide on it."""
    for office in (place, "education_office", "district", "water_office", "portal"):
        town.reviewer(office)
    return draft(town, place, entry, title=title, summary="一句话概述。", generated_on="2026-11-20")


def send(tab: Page, town: Town, place: str, page: Any) -> None:
    """Submit as the place's editor, who reads beforehand who will decide."""
    sign_in(tab, town.editor(place))
    tab.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    tab.get_by_text(re.compile("提交后：")).first.wait_for()
    submit(tab)
    tab.get_by_text("已经提交进行审核").first.wait_for()


def press(tab: Page, button: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).click()


def test_three_tiers_make_it_public_and_a_superior_takes_it_back(town: Town, desk: Page) -> None:
    page = written(town, "school", "school_admission", TITLE)
    send(desk, town, "school", page)
    decide(desk, town.reviewer("school"), TITLE, "批准")
    decide(desk, town.reviewer("education_office"), TITLE, "批准", "同意。")
    assert desk.goto(page.url).status == 404
    decide(desk, town.reviewer("district"), TITLE, "批准并公开")
    assert desk.goto(page.url).status == 200
    page.refresh_from_db()
    number = page.record.index_number

    sign_in(desk, town.reviewer("education_office"))
    desk.goto(reverse("withdrawal:withdraw", args=["pages", "disclosurepage", page.pk]))
    desk.get_by_label(re.compile("撤下并保留原文")).check()
    desk.get_by_label(re.compile("向公众说明的原因")).fill("招生人数有误。")
    press(desk, "撤下")
    desk.goto(f"/i/{number}")
    assert desk.get_by_text("招生人数有误。").first.is_visible()
    answer = desk.request.get(f"/api/v2/disclosures/{page.pk}/").json()
    assert (answer["withdrawal"]["kind"], answer["withdrawal"]["reason"]) == ("notice", "招生人数有误。")

    sign_in(desk, town.reviewer("district"))
    desk.goto(reverse("withdrawal:list"))
    desk.get_by_role("link", name=TITLE).first.click()
    desk.get_by_label(re.compile("复核意见")).fill("人数无误，恢复。")
    press(desk, "恢复公开")
    desk.goto(f"/i/{number}")
    assert desk.get_by_text("招生人数有误。").count() == 0
    assert desk.get_by_role("heading", level=1, name=TITLE).is_visible()


def test_an_urgent_stop_is_public_by_the_first_tier_and_confirmed_afterwards(town: Town, desk: Page) -> None:
    title = "紧急停水"
    page = written(town, "water", "water_outage", title)
    send(desk, town, "water", page)

    decide(desk, town.reviewer("water"), title, "批准并公开")
    assert desk.goto(page.url).status == 200

    sign_in(desk, town.reviewer("water_office"))
    desk.goto(reverse("withdrawal:list"))
    desk.get_by_role("link", name=title).first.click()
    press(desk, "确认无误")
    assert desk.goto(page.url).status == 200
    desk.goto(reverse("withdrawal:list"))
    assert desk.get_by_role("link", name=title).count() == 0
