"""What a clerk does with mouse and keyboard, in the words of the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.urls import reverse

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

BODY = "[data-contentpath=body]"
DATE = re.compile(r"\d{4}-\d\d-\d\d")
# Who has signed in during a journey comes back without the form.
sessions: WeakKeyDictionary[BrowserContext, dict[str, Any]] = WeakKeyDictionary()


def sign_in(tab: Page, user: Any) -> None:
    """Become somebody else (the password is the user name) and arrive on the start page."""
    known = sessions.setdefault(tab.context, {})
    tab.context.clear_cookies()
    if user.username in known:
        tab.context.add_cookies(known[user.username])
        tab.goto("/admin/")
        return
    tab.goto("/admin/login/")
    tab.locator("[name=username]").fill(user.username)
    tab.locator("[name=password]").fill(user.username)
    tab.get_by_role("button", name="登录").click()
    tab.wait_for_url("**/admin/")
    known[user.username] = tab.context.cookies()


def add_disclosure(tab: Page, organisation: Any) -> None:
    """Open the form of a new disclosure, through the explorer."""
    tab.goto(reverse("wagtailadmin_explore", args=[organisation.pk]))
    tab.locator("a[href$='/add_subpage/']").first.click()
    # What the type is for stands in the same link.
    tab.locator("a[href*='/add/pages/disclosurepage/']").first.click()
    tab.locator(".c-sf-add-button").first.wait_for()


def choose_entry(tab: Page, code: str) -> None:
    """Choose the catalogue entry by its code."""
    select = tab.locator("[name=entry]")
    label = select.locator("option", has_text=code).inner_text()
    select.select_option(label=label)


def add_block(tab: Page, name: str) -> None:
    """Add a block to the body."""
    tab.locator(f"{BODY} .c-sf-add-button").first.click()
    tab.get_by_role("option", name=name, exact=True).click()


def fill(tab: Page, **values: str) -> None:
    """Fill fields by their names in the form; two underlines stand for a hyphen."""
    for name, value in values.items():
        field = tab.locator(f"[name={name.replace('__', '-')}]")
        field.fill(value)
        if DATE.fullmatch(value):
            # A field for dates opens a calendar over its neighbours, a moment after the focus;
            # leaving the field before that would leave the calendar open.
            calendar = tab.locator(".xdsoft_datetimepicker:visible")
            calendar.wait_for()
            field.blur()
            calendar.wait_for(state="hidden")
        field.blur()


def save_draft(tab: Page) -> None:
    """Save, and read that it was."""
    tab.get_by_role("button", name="保存草稿").first.click()
    tab.get_by_text(re.compile("已被(更新|创建)|已创建|已保存")).first.wait_for()


def submit(tab: Page) -> None:
    """Submit for approval from the menu beside saving."""
    tab.get_by_role("button", name="更多动作").last.click()
    tab.get_by_role("button", name=re.compile("提交")).click()


def press(tab: Page, button: str) -> None:
    """Press a button that leads to the next screen."""
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).click()


def waiting(tab: Page, user: Any) -> Any:
    """Sign in as an approver; return the part of the start page that lists what waits."""
    sign_in(tab, user)
    return tab.get_by_role("region", name=re.compile("待我审核"))


def open_waiting(tab: Page, user: Any, title: str) -> None:
    """Sign in as the approver and open what waits on the start page."""
    waiting(tab, user).get_by_role("link", name=title).click()


def decide(tab: Page, user: Any, title: str, button: str, comment: str = "") -> None:
    """Sign in as the approver, open what waits on the start page, and press a button."""
    open_waiting(tab, user, title)
    tab.get_by_label(re.compile("审核意见")).fill(comment)
    press(tab, button)


def send_back(tab: Page, user: Any, title: str, comment: str) -> None:
    """Sign in as the approver, open what waits on the start page, and return it as incomplete."""
    open_waiting(tab, user, title)
    tab.get_by_label(re.compile("审核意见")).fill(comment)
    tab.get_by_label(re.compile("退回原因")).select_option(label="要素不全")
    press(tab, "退回修改")
