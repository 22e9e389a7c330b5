"""Both chains, five people: stopped by the screening, three tiers, public; returned and passed; taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.factories import make_entry
from tests.workflows.acts import draft

from .clerk import decide, fill, press, send_back, sign_in, submit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "2027年度计划"
# The sample number of GB 11643.
IDENTITY = "11010519491231002X"
# From the own organisation to the head of the chain.
LONG, SHORT = ("school", "education_office", "district"), ("water", "water_office", "portal")


def written(town: Town, chain: tuple[str, ...], entry: str, title: str = TITLE, summary: str = "一句话概述。") -> Any:
    """Write a draft, with everybody there who will decide on it."""
    for office in (*chain, "portal"):
        town.reviewer(office)
    return draft(town, chain[0], entry, title=title, summary=summary, generated_on="2026-11-20")


def send(tab: Page, town: Town, chain: tuple[str, ...], page: Any) -> None:
    """Submit as the place's editor, who reads beforehand who will decide."""
    open_draft(tab, town, chain, page)
    tab.get_by_text(re.compile("提交后：")).first.wait_for()
    submit(tab)
    tab.get_by_text("已经提交进行审核").first.wait_for()


def open_draft(tab: Page, town: Town, chain: tuple[str, ...], page: Any) -> None:
    sign_in(tab, town.editor(chain[0]))
    tab.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    tab.locator(".c-sf-add-button").first.wait_for()


def stopped_and_corrected(tab: Page, town: Town, chain: tuple[str, ...], page: Any) -> None:
    """Submit a draft with an identity number: it is stopped, loses the number, and goes to the first tier."""
    open_draft(tab, town, chain, page)
    submit(tab)
    tab.get_by_text("疑似居民身份证号").first.wait_for()
    assert page.current_workflow_state is None
    fill(tab, summary="一句话概述。")
    submit(tab)
    tab.get_by_text("已经提交进行审核").first.wait_for()


def approve_twice(tab: Page, town: Town, chain: tuple[str, ...], page: Any) -> None:
    """Let the first two tiers approve; nothing is public yet."""
    decide(tab, town.reviewer(chain[0]), TITLE, "批准")
    decide(tab, town.reviewer(chain[1]), TITLE, "批准", "同意。")
    assert tab.goto(page.url).status == 404


def let_public(tab: Page, town: Town, chain: tuple[str, ...], page: Any) -> str:
    """Let the third tier approve; return the index number that the public page bears."""
    decide(tab, town.reviewer(chain[2]), TITLE, "批准并公开")
    assert tab.goto(page.url).status == 200
    page.refresh_from_db()
    number = str(page.record.index_number)
    assert tab.get_by_text(number).first.is_visible()
    return number


def test_four_storeys_from_a_stopped_draft_to_the_public_and_back(town: Town, desk: Page) -> None:
    page = written(town, LONG, "school_admission", summary=f"联系人证号 {IDENTITY}。")

    stopped_and_corrected(desk, town, LONG, page)
    approve_twice(desk, town, LONG, page)
    number = let_public(desk, town, LONG, page)

    taken_back(desk, town.reviewer("district"), page, number)
    looked_at_again(desk, town.reviewer("portal"), number)


def taken_back(tab: Page, superior: Any, page: Any, number: str) -> None:
    """Withdraw alone: the index number and the interface say why."""
    sign_in(tab, superior)
    tab.goto(reverse("withdrawal:withdraw", args=["pages", "disclosurepage", page.pk]))
    tab.get_by_label(re.compile("撤下并保留原文")).check()
    tab.get_by_label(re.compile("向公众说明的原因")).fill("招生人数有误。")
    press(tab, "撤下")
    tab.goto(f"/i/{number}")
    assert tab.get_by_text("招生人数有误。").first.is_visible()
    answer = tab.request.get(f"/api/v2/disclosures/{page.pk}/").json()
    assert (answer["withdrawal"]["kind"], answer["withdrawal"]["reason"]) == ("notice", "招生人数有误。")


def looked_at_again(tab: Page, second: Any, number: str) -> None:
    """Let the second person put it back."""
    sign_in(tab, second)
    tab.goto(reverse("withdrawal:list"))
    tab.get_by_role("link", name=TITLE).first.click()
    tab.get_by_label(re.compile("复核意见")).fill("人数无误，恢复。")
    press(tab, "恢复公开")
    tab.goto(f"/i/{number}")
    assert tab.get_by_text("招生人数有误。").count() == 0
    assert tab.get_by_role("heading", level=1, name=TITLE).is_visible()


def test_three_storeys_returned_by_the_head_of_the_chain_and_passed(town: Town, desk: Page) -> None:
    town.entries["water_plan"] = make_entry("water", "C01", title="年度计划", approval_tiers=3)
    page = written(town, SHORT, "water_plan", summary=f"联系人证号 {IDENTITY}。")

    stopped_and_corrected(desk, town, SHORT, page)
    approve_twice(desk, town, SHORT, page)
    send_back(desk, town.reviewer("portal"), TITLE, "请写明责任部门。")

    sign_in(desk, town.editor("water"))
    mine = desk.get_by_role("region", name="我的草稿与退回")
    assert mine.get_by_text("请写明责任部门。").is_visible()
    open_draft(desk, town, SHORT, page)
    fill(desk, summary="一句话概述，由营业部负责。")
    submit(desk)
    desk.get_by_text("已经提交进行审核").first.wait_for()

    approve_twice(desk, town, SHORT, page)
    let_public(desk, town, SHORT, page)
    assert desk.get_by_text("由营业部负责").first.is_visible()


def test_an_urgent_stop_is_public_by_the_first_tier_and_confirmed_afterwards(town: Town, desk: Page) -> None:
    title = "紧急停水"
    page = written(town, SHORT, "water_outage", title)
    send(desk, town, SHORT, page)

    decide(desk, town.reviewer("water"), title, "批准并公开")
    assert desk.goto(page.url).status == 200

    for second in ("water_office", "portal"):
        sign_in(desk, town.reviewer(second))
        desk.goto(reverse("withdrawal:list"))
        desk.get_by_role("link", name=title).first.click()
        press(desk, "确认无误")
        desk.goto(reverse("withdrawal:list"))
        assert desk.get_by_role("link", name=title).count() == 0
    assert desk.goto(page.url).status == 200
