"""Paying several bills in one visit: each part at its provider, and said honestly what was paid and what was not."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from itertools import count
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from cms.connectors.bills import Bill
from cms.connectors.models import JointOrder, OrderState, PaymentOrder
from cms.connectors.payments import begin as begin_order
from cms.connectors.payments import onward
from cms.connectors.replies import BadReplyError
from ledger.models import Event
from tests.pages.seen import words
from tests.town import Town

from .acts import connect, payable

pytestmark = pytest.mark.django_db
# The sandbox remembers what is paid for as long as it lives: each test has accounts of its own.
_numbers = count(50_000_000)


@pytest.fixture
def accounts() -> dict[str, str]:
    return {"water-bill": str(next(_numbers)), "gas-bill": str(next(_numbers))}


@pytest.fixture
def bills(town: Town, connection: Any, sandbox: Any) -> None:
    """Water and gas, each of another company."""
    connect(town.hall, sandbox.address)
    payable(town, "water-bill")
    payable(town, "gas-bill", town.hall)


def sealed(response: Any) -> list[str]:
    return re.findall(r'name="bill"[^>]*value="([^"]+)"', response.content.decode())


def ask(accounts: dict[str, str]) -> Any:
    fields = {f"{code}-account": account for code, account in accounts.items()}
    return Client().post("/pay/", {"act": "bills", **fields})


def begin(accounts: dict[str, str]) -> str:
    """Ask and begin; return the address of the order."""
    response = Client().post("/pay/", {"act": "begin", "bill": sealed(ask(accounts))})
    assert response.status_code == 303
    return str(response["Location"])


def press(page: str, way: str) -> str | None:
    """Press a button of the sandbox's till; return where the browser goes."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    try:
        opener.open(page, urllib.parse.urlencode({"way": way}).encode(), timeout=10).close()
    except urllib.error.HTTPError as error:
        with error:
            return error.headers["Location"]
    return None


def go(address: str, code: str, way: str = "silent") -> Any:
    """Go to the till for one part, press, and come back."""
    part = PaymentOrder.objects.get(code=code)
    led = Client().post(address, {"part": part.number})
    assert led.status_code == 303, led.content.decode()
    back = press(led["Location"], way)
    return Client().get(back.removeprefix("http://testserver")) if back else None


def states() -> dict[str, str]:
    return dict(PaymentOrder.objects.values_list("code", "state"))


def test_both_bills_are_shown_and_paid_in_one_visit(bills, accounts):
    shown = ask(accounts)
    assert shown.status_code == 200
    assert len(sealed(shown)) == 2
    address = begin(accounts)

    go(address, "water-bill")
    go(address, "gas-bill")

    assert set(states().values()) == {OrderState.PAID}
    page = words(Client().get(address).content.decode())
    assert "全部缴清" in page and "沙箱" in page
    receipt = Client().get(f"{address}receipt/")
    assert receipt["Cache-Control"] == "no-store"
    for account in accounts.values():
        assert account not in receipt.content.decode() and account not in address


def test_an_order_keeps_no_account(bills, accounts):
    begin(accounts)

    kept = str(list(PaymentOrder.objects.values())) + str(list(JointOrder.objects.values()))
    kept += str(list(Event.objects.values()))

    assert not any(account in kept for account in accounts.values())


def test_what_failed_is_said_and_can_be_paid_again(bills, accounts):
    address = begin(accounts)
    go(address, "water-bill")
    go(address, "gas-bill", "failed")

    page = words(Client().get(address).content.decode())

    assert "已缴 1 项" in page and "没有缴成" in page and "再去缴" in page
    go(address, "gas-bill")
    assert states()["gas-bill"] == OrderState.PAID


def test_a_silent_provider_does_not_stop_the_others(bills, accounts):
    with override_settings(CONNECTOR_SECONDS=1):
        shown = ask({"water-bill": "999999", "gas-bill": accounts["gas-bill"]})

    page = words(shown.content.decode())
    assert shown.status_code == 200
    assert "没有答复" in page and "0411-00000000" in page
    assert len(sealed(shown)) == 1


def test_all_silent_is_no_success(bills):
    with override_settings(CONNECTOR_SECONDS=1):
        assert ask({"water-bill": "500500"}).status_code == 503


def test_what_is_wrong_is_named_with_its_service(bills):
    empty, wrong, unknown = ask({}), ask({"gas-bill": "abc"}), ask({"gas-bill": "404404"})

    assert (empty.status_code, wrong.status_code, unknown.status_code) == (400, 400, 422)
    assert "请至少填写一项" in words(empty.content.decode())
    assert "示例gas-bill：“用户号”" in words(wrong.content.decode())
    assert "没有这个用户号" in words(unknown.content.decode())


@pytest.mark.parametrize("bill", [[], ["nonsense"], ["gAAAA" + "x" * 500]])
def test_bills_that_are_none_of_ours_begin_nothing(bills, bill):
    response = Client().post("/pay/", {"act": "begin", "bill": bill})

    assert response.status_code == 400
    assert not JointOrder.objects.exists()


def test_a_bill_that_was_paid_is_not_paid_again(bills):
    chosen = sealed(ask({"water-bill": "20261177"}))
    first = Client().post("/pay/", {"act": "begin", "bill": chosen})
    go(first["Location"], "water-bill")

    again = Client().post("/pay/", {"act": "begin", "bill": chosen})

    assert again.status_code == 409
    assert "已经缴过" in words(again.content.decode())
    assert JointOrder.objects.count() == 1


def test_a_bill_that_was_begun_twice_is_paid_once(bills):
    chosen = sealed(ask({"water-bill": "20261188"}))
    first, second = (Client().post("/pay/", {"act": "begin", "bill": chosen})["Location"] for _window in range(2))
    paid, other = PaymentOrder.objects.order_by("pk")
    press(Client().post(first, {"part": paid.number})["Location"], "unreturned")
    Client().post(first)

    response = Client().post(second, {"part": other.number})

    assert response.status_code == 409
    assert "这张账单已经缴过" in words(response.content.decode())
    assert sorted(PaymentOrder.objects.values_list("state", flat=True)) == [OrderState.NEW, OrderState.PAID]


def test_bills_of_one_number_of_two_services_are_two(connection):
    water, gas = (Bill(code, connection.pk, "2026-11", "11月", 100, "", "x") for code in ("water-bill", "gas-bill"))
    titles = {"water-bill": "水费", "gas-bill": "燃气费"}
    begin_order(bills=[water], titles=titles)
    PaymentOrder.objects.update(state=OrderState.PAID)

    begin_order(bills=[gas], titles=titles)

    assert PaymentOrder.objects.count() == 2


def test_bills_of_one_month_of_two_households_are_two(connection):
    ours, theirs = (Bill("water-bill", connection.pk, "2026-11", "11月", 100, "", account) for account in ("a", "b"))
    begin_order(bills=[ours], titles={"water-bill": "水费"})
    PaymentOrder.objects.update(state=OrderState.PAID)

    begin_order(bills=[theirs], titles={"water-bill": "水费"})

    assert PaymentOrder.objects.count() == 2


def test_a_nul_names_nothing(bills):
    address = begin({"water-bill": "20261193"})

    assert Client().get("/pay/?item=%00").status_code == 200
    assert Client().post(address, {"part": "\x00"}).status_code == 303


def test_nobody_pays_again_what_is_paid(bills):
    address = begin({"water-bill": "20261178"})
    go(address, "water-bill")

    response = Client().post(address, {"part": PaymentOrder.objects.get().number})

    assert response.status_code == 409


def test_a_return_without_a_signature_to_a_silent_provider_promises_no_answer(bills, connection):
    address = begin({"water-bill": "20261181"})
    part = PaymentOrder.objects.get()
    connection.base_url = "http://127.0.0.1:1"
    connection.save()

    response = Client().get(f"{address}{part.number}/?status=paid")

    page = words(response.content.decode())
    assert response.status_code == 503
    assert "没有答复" in page and "刚刚答复" not in page
    # Nothing that a citizen has never heard of.
    assert "不完整" in page and "webhook" not in page


@pytest.mark.parametrize("change", [{"signature": "v1,x"}, {"timestamp": "1"}, {"id": ""}, {"status": "failed"}])
def test_a_tampered_return_changes_nothing_and_says_so(bills, change):
    address = begin({"water-bill": "20261179"})
    part = PaymentOrder.objects.get()
    led = Client().post(address, {"part": part.number})
    parts = urllib.parse.urlsplit(press(led["Location"], "stale") or "")
    query = dict(urllib.parse.parse_qsl(parts.query)) | change | ({"status": "paid"} if "status" in change else {})

    response = Client().get(f"{parts.path}?{urllib.parse.urlencode(query)}")

    assert response.status_code == 401
    assert states() == {"water-bill": OrderState.SENT}


def test_a_return_is_not_called_forged_while_our_key_is_missing(bills, connection):
    address = begin({"water-bill": "20261199"})
    led = Client().post(address, {"part": PaymentOrder.objects.get().number})
    back = press(led["Location"], "silent").removeprefix("http://testserver")
    secret, connection.secret = connection.secret, "gAAAA of another key"
    connection.save()

    unread = Client().get(back)

    assert unread.status_code == 503 and unread["Retry-After"]
    assert "暂时核对不了签名" in words(unread.content.decode()) and "改过" not in words(unread.content.decode())
    connection.secret = secret
    connection.save()
    assert Client().get(back).status_code == 303
    assert states() == {"water-bill": OrderState.PAID}


def test_a_return_is_good_once(bills):
    address = begin({"water-bill": "20261180"})
    led = Client().post(address, {"part": PaymentOrder.objects.get().number})
    back = press(led["Location"], "silent").removeprefix("http://testserver")

    first, second = Client().get(back), Client().get(back)

    assert (first.status_code, second.status_code) == (303, 409)


@pytest.mark.parametrize("address", ["https://evil.example/", "javascript:alert(1)", "http://127.0.0.1:1/", "", None])
def test_no_reader_is_led_anywhere_else(connection, address):
    with pytest.raises(BadReplyError):
        onward(connection, address)


def test_a_host_is_the_same_in_capitals(town: Town):
    connection = connect(town.water, "https://API.example.org/v1")

    assert onward(connection, "https://api.example.org/pay") == "https://api.example.org/pay"


def test_a_form_of_another_site_is_refused(bills):
    response = Client().post("/pay/", {"act": "bills"}, headers={"origin": "https://evil.example"})

    assert response.status_code == 403


def test_an_unknown_order_is_not_found(bills):
    assert Client().get("/pay/nothing/").status_code == 404


def test_the_button_asks_for_the_newest_result(bills):
    address = begin({"water-bill": "20261182"})
    led = Client().post(address, {"part": PaymentOrder.objects.get().number})
    press(led["Location"], "unreturned")

    Client().post(address)

    assert states() == {"water-bill": OrderState.PAID}


def test_the_guide_of_a_payment_asks_at_once(bills):
    response = Client().post("/do/water-bill/", {"in-account": "20261183"})

    assert response.status_code == 200
    assert len(sealed(response)) == 1


def test_more_to_pay_costs_no_more_queries(bills, town: Town):
    def cost() -> int:
        with CaptureQueriesContext(database) as queries:
            assert Client().get("/en/pay/").status_code == 200
        return len(queries)

    Client().get("/en/pay/")
    few = cost()
    for place in (town.school, town.street, town.water, town.hall):
        payable(town, f"{place.pk}-more", place)

    assert cost() == few


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/en"])
def test_the_page_speaks_the_languages(bills, prefix):
    assert Client().get(f"{prefix}/pay/").status_code == 200
