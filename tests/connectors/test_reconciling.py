"""Reconciliation: what agrees is counted, what differs is written down, told, and put right where that is certain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from cms.connectors import asking
from cms.connectors.models import JointOrder, OrderState, PaymentOrder, Reconciliation
from cms.connectors.reconciling import forget, reconcile
from ledger.models import Letter
from tests.pages.seen import words
from tests.town import Town

from .test_paying import begin, go, press

pytestmark = pytest.mark.django_db


def paid(connection: Any, account: str, way: str = "silent") -> PaymentOrder:
    """Pay one bill; with `unreturned`, without coming back."""
    address = begin({"water-bill": account})
    if way == "unreturned":
        part = PaymentOrder.objects.latest("pk")
        led = Client().post(address, {"part": part.number})
        press(led["Location"], way)
    else:
        go(address, "water-bill", way)
    return PaymentOrder.objects.latest("pk")


def differences(connection: Any) -> dict[str, str]:
    report = reconcile(connection, timezone.localdate())
    return {each["order"]: each["what"] for each in report.differences}


def test_the_account_of_a_day_is_longer_than_other_answers(town: Town, bill, connection, monkeypatch):
    order = paid(connection, "30000009")
    monkeypatch.setattr(asking, "BYTES", 50)

    assert order.number not in differences(connection)


def test_what_agrees_is_counted(town: Town, bill, connection):
    order = paid(connection, "30000001")

    found = differences(connection)

    assert order.number not in found
    assert Reconciliation.objects.get().number >= 1


def test_what_was_paid_and_never_told_is_recovered(town: Town, bill, connection):
    order = paid(connection, "30000002", "unreturned")
    assert order.state == OrderState.SENT

    found = differences(connection)

    order.refresh_from_db()
    assert (found[order.number], order.state, order.settled_by) == ("recovered", OrderState.PAID, "reconciliation")


def test_what_differs_is_written_down_and_told(town: Town, bill, connection, sandbox):
    town.administrator("water")
    order = paid(connection, "30000003")
    stranger = {"order": "20260101NOBODY", "amount": 1, "reference": "X1"}
    sandbox.control(left_out=[order.number], extra=[stranger])

    found = differences(connection)

    order.refresh_from_db()
    assert (found[order.number], found["20260101NOBODY"]) == ("missing", "unknown")
    assert order.state == OrderState.PAID
    assert Letter.objects.filter(kind="connection.differs").exists()


def test_the_report_stands_at_the_connection(town: Town, bill, connection, sandbox):
    paid(connection, "30000004", "unreturned")
    reconcile(connection, timezone.localdate())
    client = Client()
    client.force_login(town.administrator("water"))

    page = words(client.get(reverse("connections:connection", args=[connection.pk])).content.decode())

    assert "已按对方的流水补记" in page


def test_a_silent_provider_is_named(town: Town, connection, capsys):
    connection.base_url = "http://127.0.0.1:1"
    connection.save()

    call_command("reconcile_payments")

    assert "没有答复" in capsys.readouterr().out


def test_what_nobody_paid_is_given_up(town: Town, bill, connection):
    begin({"water-bill": "30000005"})
    PaymentOrder.objects.update(created_at=timezone.now() - timedelta(hours=3))

    call_command("reconcile_payments")

    assert PaymentOrder.objects.get().state == OrderState.CLOSED


def test_orders_are_kept_as_long_as_the_setting_says(town: Town, bill, connection):
    begin({"water-bill": "30000006"})

    with override_settings(PAYMENT_DAYS=10):
        kept = forget(timezone.now() + timedelta(days=9))
        gone = forget(timezone.now() + timedelta(days=11))

    assert (kept, gone) == (0, 2)
    assert not JointOrder.objects.exists()
