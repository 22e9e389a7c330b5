"""An administrator founds a unit in one step; an editor brings a whole spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.models import User
from pages.models import DisclosurePage, OrganisationPage
from tests.editing.test_importing import sheet

from .clerk import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAME = "示例第二小学"


def open_tool(tab: Page, organisation: Any, tool: str) -> None:
    """Open a tool from the menu of an organisation in the explorer."""
    tab.goto(reverse("wagtailadmin_explore", args=[organisation.pk]))
    tab.get_by_role("button", name=re.compile("动作|操作")).first.click()
    tab.get_by_role("link", name=tool).first.click()


def upload(tab: Page, *rows: list[Any]) -> None:
    """Choose a spreadsheet with these rows and have it checked."""
    content = {"name": "2026.xlsx", "mimeType": "application/octet-stream", "buffer": sheet(*rows).read()}
    tab.get_by_label("XLSX 文件").set_input_files(content)
    tab.get_by_role("button", name="上传并核对").click()


def found(tab: Page, town: Town) -> None:
    """Fill the form of a new unit."""
    open_tool(tab, town.education_office, "新设单位")
    tab.get_by_label("全称").fill(NAME)
    tab.get_by_label("行业").select_option(str(town.industries["primary"].pk))
    tab.get_by_label("编辑员").fill("zhangsan 张三")
    tab.get_by_role("button", name="设立").click()
    tab.get_by_text(f"“{NAME}”已设立并送审。").wait_for()


def test_a_new_unit_has_a_page_a_clerk_and_first_drafts(town: Town, desk: Page):
    town.reviewer("education_office")
    sign_in(desk, town.administrator("education_office"))

    found(desk, town)

    password = desk.locator("code").inner_text()
    unit = OrganisationPage.objects.get(title=NAME)
    assert not unit.live
    assert DisclosurePage.objects.child_of(unit).count() == 1
    assert User.objects.get(username="zhangsan").check_password(password)


def test_the_new_clerk_signs_in_and_finds_the_first_drafts(town: Town, desk: Page):
    sign_in(desk, town.administrator("education_office"))
    found(desk, town)
    password = desk.locator("code").inner_text()

    desk.context.clear_cookies()
    desk.goto("/admin/login/")
    desk.locator("[name=username]").fill("zhangsan")
    desk.locator("[name=password]").fill(password)
    desk.get_by_role("button", name="登录").click()

    desk.get_by_text(f"{NAME} 编辑员").wait_for()
    assert desk.get_by_text("招生计划").first.is_visible()


def test_a_spreadsheet_becomes_drafts_after_its_report(town: Town, desk: Page):
    sign_in(desk, town.editor("water"))
    open_tool(desk, town.water, "从表格导入公开信息")

    upload(desk, ["B01", "2026年水价", "概述", "2026-01-15", "", "", "正文。"], ["A01", "企业概况", "", "", "", "", ""])
    desk.get_by_text("共 2 行，全部可以导入。").wait_for()
    assert not DisclosurePage.objects.exists()

    desk.get_by_role("button", name="只导入为草稿").click()
    desk.get_by_text("已导入 2 条草稿。").wait_for()
    assert set(DisclosurePage.objects.values_list("title", "live")) == {("2026年水价", False), ("企业概况", False)}


def test_a_faulty_row_is_named_and_nothing_is_written(town: Town, desk: Page):
    sign_in(desk, town.editor("water"))
    open_tool(desk, town.water, "从表格导入公开信息")

    upload(desk, ["B01", "2026年水价", "", "", "", "", ""], ["X99", "", "", "昨天", "", "", ""])

    desk.get_by_text("有的行还不能导入，什么也没有写入").wait_for()
    row = desk.get_by_role("row").filter(has_text="X99")
    assert "目录编码" in row.inner_text()
    assert "标题" in row.inner_text()
    assert not DisclosurePage.objects.exists()
