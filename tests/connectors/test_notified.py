"""What providers tell: signed, fresh, once, of their own orders, and of the amount that was asked."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.connectors.models import JointOrder, OrderState, PaymentOrder, ProviderConnection
from cms.connectors.sandbox.server import SECRET
from ledger.models import Event, Result
from ledger.signatures import new_nonce, secret_from, signed_headers
from tests.pages.seen import words
from tests.town import Town

from .acts import connect

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(town: Town) -> ProviderConnection:
    return connect(town.water, "https://provider.example.org/")


@pytest.fixture
def order(connected: ProviderConnection) -> PaymentOrder:
    return make_order(connected)


def make_order(connection: ProviderConnection, **fields: Any) -> PaymentOrder:
    values = {"code": "water-bill", "title": "示例水费", "bill": "B1", "amount": 1234, "account": "x", "state": "sent"}
    return PaymentOrder.objects.create(joint=JointOrder.objects.create(), connection=connection, **{**values, **fields})


def message(order: PaymentOrder, /, **changed: Any) -> dict[str, Any]:
    told = {"type": "payment", "order": order.number, "status": "paid", "amount": order.amount, "reference": "R1"}
    return {**told, **changed}


def tell(
    connection: ProviderConnection, told: Any, *, number: str = "msg_1", age: int = 0, secret: str = SECRET
) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    headers = signed_headers([secret], number, int(time.time()) - age, body)
    address = f"/connect/{connection.key}/notify/"
    return Client().post(address, body, content_type="application/json", headers=headers)


def test_what_is_signed_settles_the_order(connected, order):
    response = tell(connected, message(order))

    order.refresh_from_db()
    assert (response.status_code, response.json()) == (200, {"result": "done"})
    assert (order.state, order.reference, order.settled_by) == (OrderState.PAID, "R1", "notification")
    assert Event.objects.filter(kind="payment.paid").count() == 1


def test_told_twice_is_settled_once(connected, order):
    first, same = tell(connected, message(order)), tell(connected, message(order))
    anew = tell(connected, message(order), number="msg_2")

    assert [each.json()["result"] for each in (first, same, anew)] == ["done", "already", "already"]
    assert Event.objects.filter(kind="payment.paid").count() == 1


@pytest.mark.parametrize(
    ("faults", "changed", "refusal"),
    [
        ({"secret": secret_from(new_nonce())}, {}, (401, "signature")),
        ({"age": 3600}, {}, (401, "stale")),
        ({"age": -3600}, {}, (401, "stale")),
        ({}, {"amount": 1}, (422, "amount")),
        ({}, {"amount": "1234"}, (422, "field")),
        ({}, {"amount": 1234.0}, (422, "field")),
        ({}, {"amount": True}, (422, "field")),
        ({}, {"amount": -1234}, (422, "field")),
        ({}, {"reference": "R\n1"}, (422, "field")),
        ({}, {"reference": None}, (422, "field")),
        ({}, {"order": "nothing"}, (404, "order")),
        ({}, {"type": "other"}, (422, "type")),
    ],
)
def test_what_is_tampered_with_changes_nothing(connected, order, faults, changed, refusal):
    status, code = refusal

    response = tell(connected, message(order, **changed), **faults)

    order.refresh_from_db()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["code"] == code and response.json()["title"]
    assert order.state == OrderState.SENT
    (event,) = Event.objects.filter(kind__in=["payment.refused", "notification.refused"])
    assert (event.result, event.data["reason"]) == (Result.REFUSED, code)


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"\x00", b"[" * 16000, "钱".encode("gbk")])
def test_a_body_that_is_no_message_is_said(connected, body):
    assert tell(connected, body).status_code == 400


def test_a_long_body_is_not_read(connected):
    assert tell(connected, b"x" * 20_000).status_code == 413


@pytest.mark.parametrize("headers", [{}, {"webhook-id": "a"}, {"webhook-id": "a", "webhook-timestamp": "x"}])
def test_without_a_signature_nothing_is_heard(connected, order, headers):
    address = f"/connect/{connected.key}/notify/"

    response = Client().post(address, message(order), content_type="application/json", headers=headers)

    assert response.status_code == 401


def test_the_order_of_another_provider_is_not_found(connected, order, town):
    other = connect(town.hall, "https://other.example.org/")

    assert tell(other, message(order)).status_code == 404


def test_one_number_for_two_messages_is_refused(connected, order):
    other = make_order(connected, bill="B2")
    tell(connected, message(order))

    assert tell(connected, message(other)).status_code == 409


def test_what_is_paid_is_not_unpaid_by_a_notification(connected, order):
    tell(connected, message(order))

    response = tell(connected, message(order, status="failed"), number="msg_2")

    order.refresh_from_db()
    assert (response.status_code, order.state) == (409, OrderState.PAID)


def test_a_key_that_was_lost_asks_for_another_time(town, connected, order, caplog):
    secret, connected.secret = connected.secret, "gAAAA of another key"
    connected.save()
    client = Client()
    client.force_login(town.administrator("water"))

    response = tell(connected, message(order))

    assert (response.status_code, response.json()["code"]) == (503, "sealed")
    assert int(response["Retry-After"]) > 0
    (event,) = Event.objects.filter(kind="notification.refused")
    assert (event.result, event.data["reason"]) == (Result.REFUSED, "sealed")
    assert "SECRET_KEY" in caplog.text and connected.key in caplog.text
    for address in (reverse("connections:connection", args=[connected.pk]), reverse("connections:list")):
        assert "密钥读不出来" in words(client.get(address).content.decode())
    connected.secret = secret
    connected.save()
    # Told again under its number.
    assert tell(connected, message(order)).json() == {"result": "done"}
    assert "密钥读不出来" not in words(client.get(reverse("connections:list")).content.decode())


def test_an_order_that_nobody_sent_is_not_paid(connected):
    order = make_order(connected, state="new")

    assert tell(connected, message(order)).status_code == 409


def test_an_amount_put_right_is_heard_under_its_number(connected, order):
    tell(connected, message(order, amount=1))

    # The same number for what was refused: it is told again, put right.
    assert tell(connected, message(order)).json() == {"result": "done"}


def test_a_failed_order_may_be_paid_after_all(connected, order):
    tell(connected, message(order, status="failed"))

    assert tell(connected, message(order), number="msg_2").json() == {"result": "done"}


def test_a_flood_of_refusals_fills_no_book(connected, order):
    for number in range(15):
        tell(connected, message(order), number=f"m{number}", age=9999)

    assert Event.objects.filter(kind="notification.refused").count() == 10


def test_a_paused_connection_hears_nothing(connected, order):
    connected.is_active = False
    connected.save()

    assert tell(connected, message(order)).status_code == 404
