"""A charge on its way: begun incomplete, completed, submitted, approved twice, public, and in the interface."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pages.models import DisclosurePage

from .clerk import BODY, add_block, add_disclosure, choose_entry, decide, fill, save_draft, send_back, sign_in, submit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "2027年水价"


def begin(tab: Page, town: Town) -> None:
    """Save a draft that has an entry, a title and an empty fee table."""
    sign_in(tab, town.editor("water"))
    add_disclosure(tab, town.water)
    choose_entry(tab, "B01")
    fill(tab, title=TITLE)
    add_block(tab, "收费标准")
    save_draft(tab)


def complete(tab: Page) -> None:
    """Fill what the checklist asks for."""
    fee = "body__0__value__groups__0__value"
    fill(
        tab,
        summary="自2027年1月1日起执行的水价。",
        generated_on="2026-11-20",
        body__0__value__since="2027-01-01",
        body__0__value__supervision_phone="12345",
        **{
            f"{fee}__basis": "关于调整水价的通知",
            f"{fee}__fees__0__value__item": "居民第一档",
            f"{fee}__fees__0__value__amount": "3.20",
        },
    )


def checklist(tab: Page) -> list[str]:
    return tab.locator(".desk-checklist li a").all_inner_texts()


def write(tab: Page, town: Town) -> DisclosurePage:
    """Write and submit a complete draft; who is to approve it is known by then."""
    town.reviewer("water"), town.reviewer("water_office")
    begin(tab, town)
    complete(tab)
    submit(tab)
    tab.get_by_text("已经提交进行审核").first.wait_for()
    page: DisclosurePage = DisclosurePage.objects.get(title=TITLE)
    return page


def test_an_incomplete_draft_is_saved_and_says_what_it_lacks(town: Town, desk: Page):
    begin(desk, town)

    assert checklist(desk) == [
        "请用一句话写明内容概述，它显示在列表和记录表中。",
        "正文第 1 块“收费标准”没有填完。",
        "请填写生成日期，即文件形成或变更的日期。",
    ]

    complete(desk)
    save_draft(desk)

    assert checklist(desk) == []
    assert desk.get_by_text("必填内容已齐，可以提交审核。").is_visible()


def test_an_incomplete_draft_is_not_submitted(town: Town, desk: Page):
    begin(desk, town)

    submit(desk)
    desk.get_by_text("提交审核前还缺").first.wait_for()

    page = DisclosurePage.objects.get(title=TITLE)
    assert not page.live
    assert page.current_workflow_state is None


def test_two_approvals_make_it_public_with_an_index_number(town: Town, desk: Page):
    page = write(desk, town)
    assert desk.goto(page.url).status == 404

    decide(desk, town.reviewer("water"), TITLE, "批准")
    assert desk.goto(page.url).status == 404

    decide(desk, town.reviewer("water_office"), TITLE, "批准并公开", "同意。")
    desk.goto(page.url)
    number = page.record.index_number
    assert desk.get_by_role("heading", level=1, name=TITLE).is_visible()
    assert desk.get_by_text(number).first.is_visible()
    assert desk.get_by_role("cell", name="3.20").is_visible()

    desk.goto(f"/i/{number}")
    assert desk.url.endswith(page.url)

    found = desk.request.get("/api/v2/disclosures/", params={"search": "水价", "fields": "*"}).json()
    assert found["meta"]["total_count"] == 1
    assert found["items"][0]["index_number"] == number
    assert "3.20" in str(found["items"][0]["body"])


def test_a_returned_draft_shows_its_reason_is_corrected_and_passes(town: Town, desk: Page):
    page = write(desk, town)
    send_back(desk, town.reviewer("water"), TITLE, "金额应为 3.40 元。")

    sign_in(desk, town.editor("water"))
    mine = desk.get_by_role("region", name="我的草稿与退回")
    assert mine.get_by_text("金额应为 3.40 元。").is_visible()

    mine.get_by_role("link", name=TITLE).click()
    desk.get_by_text(re.compile("金额应为 3.40 元")).first.wait_for()
    desk.locator(BODY).wait_for()
    fill(desk, body__0__value__groups__0__value__fees__0__value__amount="3.40")
    submit(desk)
    desk.get_by_text("已经提交进行审核").first.wait_for()

    decide(desk, town.reviewer("water"), TITLE, "批准")
    decide(desk, town.reviewer("water_office"), TITLE, "批准并公开")
    desk.goto(page.url)
    assert desk.get_by_role("cell", name="3.40").is_visible()


def test_a_reviewer_returns_nothing_without_a_reason(town: Town, desk: Page):
    page = write(desk, town)

    decide(desk, town.reviewer("water"), TITLE, "退回修改")

    assert desk.get_by_role("alert").first.is_visible()
    assert page.current_workflow_state.status == "in_progress"
