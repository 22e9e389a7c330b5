"""A citizen pays water, gas, power and heating in one visit; the tills are the sandbox's, in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cms.connectors.models import OrderState, PaymentOrder
from tests.connectors.acts import connect, payable
from tests.connectors.conftest import sandbox, sandbox_process
from tests.factories import ServiceIndexPage, make_page

from .ways_of_reading import Reader, reader

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.town import Town

__all__ = ["reader", "sandbox", "sandbox_process"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BILLS = {"water": "水费", "hall": "燃气费", "school": "电费", "street": "采暖费"}


@pytest.fixture
def four(town: Town, sandbox: Any, live_server: LiveServer, settings: Any) -> Town:
    """Four companies, each connected to the sandbox for itself."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    make_page(ServiceIndexPage, town.portal, title="办事大厅", slug="services")
    for place, title in BILLS.items():
        connect(getattr(town, place), sandbox.address)
        payable(town, f"{place}-bill", getattr(town, place), title=title)
    return town


def test_four_bills_in_one_visit(four: Town, reader: Reader):
    page = reader.page
    _ask(page, f"{len(reader.language)}{reader.width}{int(reader.has_script)}", reader.language)

    page.locator("button[value=begin]").click()
    for _turn in BILLS:
        page.locator("button[name=part]").first.click()
        # The till is the company's, in Chinese.
        page.get_by_role("button", name="付款成功", exact=True).click()
        page.locator("[id^=part-]").first.wait_for()

    assert page.locator("[id^=part-]").count() == len(BILLS)
    assert page.locator("button[name=part]").count() == 0
    assert reader.fits()
    page.locator("main a[href*='receipt']").click()
    page.get_by_role("table").wait_for()
    assert page.locator("tbody tr").count() == len(BILLS)
    assert page.context.cookies() == []
    page.goto("about:blank")
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {OrderState.PAID}


def test_three_are_paid_and_one_is_not(four: Town, tab: Page):
    _ask(tab, "777")
    tab.get_by_role("button", name="缴勾选的各项").click()

    for way in ("付款成功", "付款失败", "付款成功，但不通知（靠查询或对账补上）", "付款成功，通知发两次"):
        tab.get_by_role("button", name="去缴", exact=False).filter(has_not_text="再去缴").first.click()
        tab.get_by_role("button", name=way, exact=True).click()
        tab.get_by_text("订单").first.wait_for()

    tab.get_by_text("已缴 3 项").wait_for()
    tab.get_by_text("没有扣款成功").wait_for()


def _ask(page: Page, tail: str, language: str = "") -> None:
    """From the guide of one bill to what all four cost."""
    page.goto(f"{language}/services/water-bill/")
    page.locator("main a[href*='/do/'], main form[action*='/do/'], main a[href*='/pay/']").first.wait_for()
    page.goto(f"{language}/pay/")
    boxes = page.locator("main fieldset input[type=text]").all()
    assert len(boxes) == len(BILLS)
    for number, box in enumerate(boxes):
        box.fill(f"4{number}{tail}")
    page.locator("button[value=bills]").click()
    page.locator("button[value=begin]").wait_for()
