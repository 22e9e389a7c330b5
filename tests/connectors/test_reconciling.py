"""Reconciliation: what agrees is counted, what differs is written down, told, and put right where that is certain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from cms.connectors import asking, reconciling
from cms.connectors.asking import SilentError
from cms.connectors.models import JointOrder, OrderState, PaymentOrder, Reconciliation
from cms.connectors.reconciling import DAY, forget, owing, reconcile
from ledger.models import Event, Letter
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


def beyond_midnight(order: PaymentOrder, sandbox: Any, days: int) -> Any:
    """Let an order stand in the provider's account of so many days later; return the day it was told to us."""
    today = timezone.localdate()
    line = {"order": order.number, "amount": order.amount, "reference": order.reference}
    sandbox.control(left_out=[order.number], extra=[{**line, "date": str(today + days * DAY)}])
    return today


@pytest.mark.parametrize("days", [-1, 1])
def test_what_stands_in_the_account_of_the_day_beside_is_not_missing(town: Town, bill, connection, sandbox, days: int):
    order = paid(connection, f"3000001{days + 1}")
    today = beyond_midnight(order, sandbox, days)

    reports = [reconcile(connection, day) for day in (today - DAY, today, today + DAY)]

    order.refresh_from_db()
    assert order.number not in {each["order"] for report in reports for each in report.differences}
    assert order.accounted_on == today + days * DAY


def test_what_has_left_the_account_of_its_day_is_missing(town: Town, bill, connection, sandbox):
    order = paid(connection, "30000013")
    assert order.number not in differences(connection)
    sandbox.control(left_out=[order.number])

    assert differences(connection)[order.number] == "missing"


def test_what_was_put_right_late_is_not_missing_on_that_day(town: Town, bill, connection, sandbox):
    order = paid(connection, "30000014", "unreturned")
    order.refresh_from_db()
    reference = sandbox.control()["orders"][-1]["reference"]
    today, line = timezone.localdate(), {"order": order.number, "amount": order.amount, "reference": reference}
    sandbox.control(left_out=[order.number], extra=[{**line, "date": str(today - 5 * DAY)}])

    found = {each["order"]: each["what"] for each in reconcile(connection, today - 5 * DAY).differences}

    assert found[order.number] == "recovered"
    assert order.number not in differences(connection)


def test_a_day_beside_that_is_not_told_makes_nothing_missing(town: Town, bill, connection, sandbox, monkeypatch):
    order = paid(connection, "30000015")
    today = beyond_midnight(order, sandbox, -1)
    whole = reconciling.ask

    def ask(asked: Any, path: str, question: dict[str, Any], **more: Any) -> dict[str, Any]:
        if question["date"] != str(today):
            raise SilentError("HTTP 404")
        return whole(asked, path, question, **more)

    monkeypatch.setattr(reconciling, "ask", ask)

    assert differences(connection)[order.number] == "unsure"


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


def paying_for(connection: Any, days: int) -> list[Any]:
    """Let the first order be so many days old; return those days before today, oldest first."""
    begin({"water-bill": "30000021"})
    PaymentOrder.objects.update(created_at=timezone.now() - days * DAY)
    return [timezone.localdate() - ago * DAY for ago in range(days, 0, -1)]


def test_a_day_that_was_not_told_is_asked_for_again(town: Town, bill, connection, monkeypatch):
    days = paying_for(connection, 3)
    client = Client()
    client.force_login(town.administrator("water"))
    address = reverse("connections:connection", args=[connection.pk])
    with monkeypatch.context() as broken:
        broken.setattr(reconciling, "ask", lambda *asked, **more: read_nothing())
        call_command("reconcile_payments")
    assert owing(connection, days[-1]) == days
    assert f"账还没有对上的日子：{'、'.join(map(str, days))}。" in words(client.get(address).content.decode())

    call_command("reconcile_payments")

    assert {each.day for each in Reconciliation.objects.all()} == set(days)
    assert "账还没有对上的日子" not in words(client.get(address).content.decode())


def read_nothing() -> Any:
    raise SilentError("HTTP 503")


def test_it_is_asked_for_again_for_a_week(town: Town, bill, connection):
    days = paying_for(connection, 30)

    call_command("reconcile_payments")

    # Yesterday, and the seven days before it.
    assert {each.day for each in Reconciliation.objects.all()} == set(days[-8:])


def test_one_day_is_asked_for_alone(town: Town, bill, connection):
    days = paying_for(connection, 5)

    call_command("reconcile_payments", date=days[0])

    assert [each.day for each in Reconciliation.objects.all()] == days[:1]


def test_a_day_looked_for_in_vain_beside_it_is_compared_again(town: Town, bill, connection):
    day = paying_for(connection, 3)[1]
    found = [{"order": "20260101LOOKED", "what": "unsure", "ours": 1, "theirs": 0}]
    Reconciliation.objects.create(connection=connection, day=day, differences=found)

    call_command("reconcile_payments")

    assert found[0] not in Reconciliation.objects.get(day=day).differences


def test_nothing_is_owed_before_the_first_order(town: Town, bill, connection):
    assert owing(connection, timezone.localdate()) == []


def test_what_was_put_right_stays_in_the_report_and_is_told_once(town: Town, bill, connection, sandbox):
    town.administrator("water")
    order = paid(connection, "30000022", "unreturned")
    sandbox.control(extra=[{"order": "20260101NOBODY", "amount": 1, "reference": "X1"}])

    assert differences(connection)[order.number] == "recovered"
    told = Letter.objects.filter(kind="connection.differs").count()
    assert differences(connection)[order.number] == "recovered"

    assert Letter.objects.filter(kind="connection.differs").count() == told == 1


def test_a_day_that_cannot_be_told_keeps_no_other_from_being_asked(town: Town, bill, connection, monkeypatch):
    days = paying_for(connection, 5)
    whole = reconciling.ask

    def ask(asked: Any, path: str, question: dict[str, Any], **more: Any) -> dict[str, Any]:
        if question["date"] == str(days[0]):
            raise SilentError("HTTP 404")
        return whole(asked, path, question, **more)

    monkeypatch.setattr(reconciling, "ask", ask)
    call_command("reconcile_payments")

    assert owing(connection, days[-1]) == days[:1]


def test_what_nobody_paid_is_given_up(town: Town, bill, connection):
    begin({"water-bill": "30000005"})
    PaymentOrder.objects.update(created_at=timezone.now() - timedelta(hours=3))

    call_command("reconcile_payments")

    order = PaymentOrder.objects.get()
    assert order.state == OrderState.CLOSED
    (event,) = Event.objects.filter(kind="payment.closed", subject_id=str(order.pk))
    assert (event.organisation_id, event.data["amount"]) == (town.water.pk, order.amount)
    call_command("reconcile_payments")
    assert Event.objects.filter(kind="payment.closed").count() == 1


def test_orders_are_kept_as_long_as_the_setting_says(town: Town, bill, connection):
    begin({"water-bill": "30000006"})

    with override_settings(PAYMENT_DAYS=10):
        kept = forget(timezone.now() + timedelta(days=9))
        gone = forget(timezone.now() + timedelta(days=11))

    assert (kept, gone) == (0, 2)
    assert not JointOrder.objects.exists()
