"""A reviewer finds in the inbox what waits, and later who decided it; an outsider speaks, and the approver reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.models import Duty
from tests.factories import appoint, make_person
from tests.workflows.acts import draft
from tests.workflows.acts import submit as submit_at_once

from .clerk import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "2027年水价"


def open_inbox(tab: Page, person: Any) -> None:
    sign_in(tab, person)
    tab.goto(reverse("inbox:inbox"))


def test_what_a_colleague_decides_is_no_longer_to_be_done(town: Town, desk: Page) -> None:
    reader = town.reviewer("water")
    colleague = make_person("colleague", first_name="示例同事")
    appoint(colleague, town.water, Duty.REVIEWER)
    submit_at_once(draft(town, entry="water_profile", title=TITLE), town.editor("water"))
    open_inbox(desk, reader)
    desk.get_by_role("link", name="通知（1）").wait_for()
    row = desk.get_by_role("listitem").filter(has_text=TITLE)
    assert row.get_by_text("需要处理").is_visible()

    open_inbox(desk, colleague)
    desk.get_by_role("link", name=f"待初审：{TITLE}").click()
    desk.get_by_role("button", name="批准并公开").click()
    desk.get_by_text("已批准并公开").wait_for()

    open_inbox(desk, reader)
    row = desk.get_by_role("listitem").filter(has_text=TITLE)
    row.get_by_text("已由示例同事办理").wait_for()
    assert row.get_by_text("需要处理").count() == 0
    assert desk.get_by_role("link", name="通知（1）").count() == 0


def test_an_outsider_speaks_and_the_approver_reads(town: Town, desk: Page) -> None:
    town.reviewer("water")
    page = draft(town, title=TITLE)
    sign_in(desk, town.editor("water"))
    desk.goto(reverse("approval:outside", args=[page.latest_revision_id]))
    desk.get_by_label("给谁看").fill("市司法局")
    desk.get_by_role("button", name="建立链接").click()
    address = desk.locator(".desk-address").inner_text()

    desk.context.clear_cookies()
    desk.goto(address.replace("http://localhost", "", 1))
    assert desk.get_by_text("草稿 · 仅供征求意见").last.is_visible()
    assert desk.get_by_role("heading", level=1, name=TITLE).is_visible()
    desk.get_by_label("姓名或单位").fill("李律师")
    desk.get_by_label("意见", exact=True).fill("单价应含税。")
    desk.get_by_role("button", name="提交意见").click()
    desk.get_by_text("已收到，谢谢").wait_for()

    state = submit_at_once(page, town.editor("water"))
    sign_in(desk, town.reviewer("water"))
    desk.goto(reverse("approval:item", args=[state.pk]))
    assert desk.get_by_text("单价应含税。").is_visible()
