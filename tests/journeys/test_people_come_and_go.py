"""A unit registers its people, gets accounts, and its work goes on when somebody leaves or is away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.authority import holders
from accounts.models import Duty
from tests.factories import make_person
from tests.people.registering import HEAD
from tests.people.test_leave import colleague
from tests.workflows.acts import draft, submit

from .clerk import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def visit(tab: Page, name: str, *arguments: Any) -> None:
    tab.goto(reverse(f"people:{name}", args=arguments))


def test_from_the_form_to_the_first_sign_in(town: Town, desk: Page, settings: Any) -> None:
    settings.PASSWORD_CHANGE_REQUIRED = True
    superior, editor = town.administrator("education_office"), town.editor("school")

    sign_in(desk, editor)
    visit(desk, "form", town.school.pk)
    for name, value in HEAD.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("[name=staff-0-name]").fill("张三")
    desk.locator("[name=staff-0-duty]").select_option("reviewer")
    desk.get_by_role("button", name="保存并提交上级确认").click()
    desk.get_by_text("已提交上级确认。").wait_for()

    sign_in(desk, superior)
    visit(desk, "form", town.school.pk)
    desk.get_by_role("button", name="确认", exact=True).click()
    desk.get_by_text("已确认，可以据此发放账号。").wait_for()
    visit(desk, "issue")
    desk.get_by_role("button", name="发放并生成密码单").click()
    username, password = desk.locator(".desk-slip code").all_inner_texts()
    assert username == "zhangsan"

    desk.context.clear_cookies()
    desk.goto("/admin/login/")
    desk.locator("[name=username]").fill(username)
    desk.locator("[name=password]").fill(password)
    desk.get_by_role("button", name="登录").click()

    # Nothing opens before the password is one's own.
    desk.get_by_text(re.compile("更改密码|新密码")).first.wait_for()


def test_work_goes_over_while_something_is_pending(town: Town, desk: Page) -> None:
    reviewer, taker = town.reviewer("water"), make_person("taker", first_name="接手人")
    state = submit(draft(town), town.editor("water"))

    sign_in(desk, town.administrator("water_office"))
    visit(desk, "person", town.editor("water").pk)
    desk.get_by_role("link", name="工作移交").first.click()
    desk.get_by_label("接收人用户名").fill("taker")
    desk.get_by_role("button", name="先看将移交什么").click()
    desk.get_by_text("已提交未办结（1）").wait_for()
    desk.get_by_role("button", name="确认移交").click()
    desk.get_by_text("工作移交记录").first.wait_for()

    sign_in(desk, taker)
    desk.get_by_text("示例水价").first.wait_for()
    desk.goto(reverse("approval:recall", args=[state.workflow_state_id]))
    assert desk.get_by_role("button", name="撤回").first.is_visible()
    assert holders(town.water, [Duty.REVIEWER]) == {reviewer.pk}


def test_the_deputy_approves_during_a_leave(town: Town, desk: Page) -> None:
    deputy = colleague(town.water, "deputy")
    reviewer = town.reviewer("water")
    town.reviewer("water_office")
    state = submit(draft(town), town.editor("water"))
    today = timezone.localdate().isoformat()

    sign_in(desk, reviewer)
    visit(desk, "leave")
    desk.get_by_label("代理人").select_option(str(deputy.pk))
    desk.get_by_label("开始日期").fill(today)
    desk.get_by_label("结束日期（含当日）").fill(today)
    desk.get_by_role("button", name="登记", exact=True).click()
    desk.get_by_text("请假中").wait_for()

    sign_in(desk, deputy)
    desk.goto(reverse("approval:item", args=[state.pk]))
    with desk.expect_navigation():
        desk.get_by_role("button", name="批准", exact=True).click()

    state.refresh_from_db()
    assert (state.status, state.finished_by) == ("approved", deputy)
