"""The first day of an administrator of the disclosure office, and a clerk who was called away from the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.passwords import issue
from accounts.second_factor import codes_left
from cms.sign_in.standing import ACTIVE
from tests.sign_in.conftest import door, lockout
from tests.sign_in.tokens import token_of

from .clerk import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

__all__ = ["door", "lockout"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]

PASSWORD = "Jade-tree-1"


def knock(tab: Page, user: User, password: str) -> None:
    tab.goto("/admin/login/")
    tab.locator("[name=username]").fill(user.username)
    tab.locator("[name=password]").fill(password)
    tab.get_by_role("button", name="登录").click()


def sign_out(tab: Page) -> None:
    tab.context.clear_cookies()


def choose_password(tab: Page, old: str) -> None:
    tab.get_by_role("heading", name="请先更改密码").wait_for()
    tab.get_by_label("旧密码").fill(old)
    tab.get_by_label("新密码", exact=True).fill(PASSWORD)
    tab.get_by_label("新密码确认").fill(PASSWORD)
    tab.get_by_role("button", name="更改并继续").click()


def test_from_the_issued_password_to_the_recovery_code(town: Town, desk: Page) -> None:
    user = town.reviewer("portal")
    issued = issue(user)
    knock(desk, user, issued)

    choose_password(desk, "wrong")
    desk.get_by_text("旧密码不正确").wait_for()
    choose_password(desk, issued)

    desk.get_by_role("heading", name="启用两步验证").wait_for()
    desk.get_by_label("动态验证码").fill(token_of(user, confirmed=False))
    desk.get_by_role("button", name="启用").click()
    desk.get_by_role("heading", name="请保存恢复码").wait_for()
    codes = desk.locator("ol code").all_inner_texts()
    assert len(codes) == 10
    desk.get_by_role("link", name="已经保存，继续").click()
    desk.wait_for_url("**/admin/")

    sign_out(desk)
    knock(desk, user, PASSWORD)
    desk.get_by_role("heading", name="两步验证").wait_for()
    desk.get_by_label("动态验证码").fill(token_of(user, ahead=1))
    desk.get_by_role("button", name="验证并登录").click()
    desk.wait_for_url("**/admin/")

    sign_out(desk)
    knock(desk, user, PASSWORD)
    desk.get_by_text("用恢复码").first.click()
    desk.get_by_label("恢复码", exact=True).fill(codes[3])
    desk.get_by_role("button", name="用恢复码登录").click()
    desk.wait_for_url("**/admin/")
    desk.get_by_text("还剩 9 个").wait_for()
    assert codes_left(user) == 9


def idle(minutes: float) -> None:
    """Let nobody have done anything for so long, as the server sees it."""
    for row in Session.objects.all():
        data = row.get_decoded()
        data[ACTIVE] = int(timezone.now().timestamp() - minutes * 60)
        row.session_data = Session.objects.encode(data)
        row.save()


def test_a_clerk_who_was_called_away_is_warned_and_keeps_the_text(town: Town, desk: Page) -> None:
    user = town.administrator("education_office")
    desk.clock.install()
    sign_in(desk, user)
    desk.goto(reverse("editing:found", args=[town.education_office.pk]))
    desk.get_by_label("全称").fill("示例第二小学")
    desk.get_by_label("编辑员").fill("zhangsan 张三")
    desk.get_by_label("行业").select_option(str(town.industries["primary"].pk))
    desk.wait_for_load_state("networkidle")

    idle(minutes=18.5)
    desk.clock.fast_forward("18:30")
    desk.get_by_text("分钟后将自动退出登录").wait_for()
    desk.get_by_role("button", name="继续工作").click()
    desk.get_by_text("分钟后将自动退出登录").wait_for(state="hidden")

    idle(minutes=25)
    desk.clock.fast_forward("25:00")
    desk.get_by_text("本页的文字还在").wait_for()
    with desk.context.expect_page() as opened:
        desk.get_by_role("alertdialog").get_by_role("button", name="登录").click()
    knock(opened.value, user, user.username)
    opened.value.wait_for_url("**/admin/")
    desk.get_by_role("button", name="我已登录，继续").click()
    desk.get_by_role("alertdialog").wait_for(state="hidden")
    desk.get_by_role("button", name="设立").click()

    desk.get_by_text("“示例第二小学”已设立并送审。").wait_for()
