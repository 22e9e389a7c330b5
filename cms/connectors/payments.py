"""Orders of payment: begun, handed over, settled. What is settled is settled once, whoever tells it first.

Each change of a state is one function, one transaction, with the order locked. What comes of it is returned, not
raised: a notification that is refused is recorded, and the record stays.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.events import record
from ledger.guarded_http import ForbiddenAddressError, checked, is_allowed
from ledger.models import Result

from .asking import LONGEST, SilentError, ask
from .models import JointOrder, OrderState, PaymentOrder, ProviderConnection, SettledBy
from .replies import BadReplyError, Standing, read_standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .bills import Bill

CURRENCY = "CNY"
# In seconds: so long a reader waits for all parts of an order, and with less left nobody is asked.
ALL_TOGETHER, SHORTEST = 6, 1
# So long a page of payment is open.
OPEN = timedelta(hours=2)
ENDS = {"paid": OrderState.PAID, "failed": OrderState.FAILED, "closed": OrderState.CLOSED}


class Settled(StrEnum):
    """What came of being told how an order ended."""

    DONE = "done"
    ALREADY = "already"
    AMOUNT = "amount"
    CONFLICT = "conflict"
    UNSENT = "unsent"
    NOTHING = "nothing"


@transaction.atomic
def begin(*, bills: Sequence[Bill], titles: dict[str, str]) -> JointOrder:
    """Make one order with a part for each bill. Raises ValidationError."""
    keys = {each.connection for each in bills}
    # One at a time for each provider: a bill is paid once.
    connections = {row.pk: row for row in ProviderConnection.objects.select_for_update().filter(pk__in=sorted(keys))}
    joint = JointOrder.objects.create()
    for bill in bills:
        connection = connections.get(bill.connection)
        if connection is None or not connection.is_active:
            raise ValidationError(_("“%(title)s”的缴费刚刚停用。") % {"title": titles[bill.code]})
        if _is_paid(connection, bill.code, bill.number, bill.account):
            words = {"title": titles[bill.code], "bill": bill.title}
            raise ValidationError(_("“%(title)s”的这张账单（%(bill)s）已经缴过。") % words)
        PaymentOrder.objects.create(
            joint=joint,
            connection=connection,
            code=bill.code,
            title=titles[bill.code],
            bill=bill.number,
            amount=bill.amount,
            account=bill.account,
        )
    return joint


def _is_paid(connection: ProviderConnection, code: str, bill: str, account: str) -> bool:
    """Has anybody paid this bill of this service and account here? Providers number bills by month as well."""
    return connection.orders.filter(code=code, bill=bill, account=account, state=OrderState.PAID).exists()


def hand_over(*, number: str, return_url: str, notify_url: str) -> str:
    """Send an order to its provider; return the address of the page where it is paid.

    Raises ValidationError where there is nothing to pay, SilentError.
    """
    order = _sent(number)
    question = {
        "order": order.number,
        "service": order.code,
        "bill": order.bill,
        "amount": order.amount,
        "currency": CURRENCY,
        "return_url": return_url,
        "notify_url": notify_url,
        "expires_at": (timezone.now() + OPEN).isoformat(timespec="seconds"),
    }
    answer = ask(order.connection, "orders", question)
    if answer.get("status") == "rejected":
        raise ValidationError(str(answer.get("message") or _("提供单位没有接受这笔缴费。"))[:200])
    return onward(order.connection, answer.get("pay_url"))


@transaction.atomic
def _sent(number: str) -> PaymentOrder:
    order = _locked(number)
    if order.state in {OrderState.PAID, OrderState.CLOSED}:
        raise ValidationError(_("这一项%(state)s。") % {"state": order.get_state_display()})
    # Begun twice, in two windows perhaps, and paid in the other one.
    if _is_paid(order.connection, order.code, order.bill, order.account):
        raise ValidationError(_("这张账单已经缴过。"))
    # Before the provider knows of it: its notification may be faster than its answer.
    order.state = OrderState.SENT
    order.save(update_fields=["state"])
    record("payment.sent", order, organisation=order.connection.organisation, amount=order.amount)
    return order


def onward(connection: ProviderConnection, address: Any) -> str:
    """Return an address of the provider that a reader may be led to. Raises BadReplyError."""
    try:
        parts = checked(str(address or ""))
    except ForbiddenAddressError:
        raise BadReplyError("address") from None
    hosts = {urlsplit(connection.base_url).netloc.lower(), *connection.hosts.split()}
    if parts.netloc.lower() not in hosts or (parts.scheme != "https" and not is_allowed(parts)):
        raise BadReplyError("address")
    return parts.geturl()


@transaction.atomic
def settle(*, number: str, connection: ProviderConnection, standing: Standing, by: str) -> Settled:
    """Take to the books how an order ended. An order that is not of this connection is not found (DoesNotExist)."""
    order = _locked(number, connection=connection)
    end = ENDS.get(standing.status)
    if end is None:
        return Settled.NOTHING
    found = _settled(order, end, standing)
    if found is Settled.DONE:
        order.state, order.reference, order.settled_by = end, standing.reference, by
        order.paid_at = timezone.now() if end == OrderState.PAID else None
        order.save(update_fields=["state", "reference", "settled_by", "paid_at"])
    if found is not Settled.ALREADY:
        kind = f"payment.{end.value}" if found is Settled.DONE else "payment.refused"
        facts = {"amount": order.amount, "told": standing.amount, "by": str(by), "reference": standing.reference}
        result = Result.DONE if found is Settled.DONE else Result.REFUSED
        record(kind, order, organisation=connection.organisation, result=result, reason=found.value, **facts)
    return found


def _settled(order: PaymentOrder, end: OrderState, standing: Standing) -> Settled:
    if standing.amount != order.amount:
        return Settled.AMOUNT
    if order.state == OrderState.NEW:
        # Nobody has sent it to the provider.
        return Settled.UNSENT
    if order.state == OrderState.PAID:
        is_same = end == OrderState.PAID and order.reference == standing.reference
        return Settled.ALREADY if is_same else Settled.CONFLICT
    return Settled.ALREADY if order.state == end else Settled.DONE


def look_up(order: PaymentOrder, *, by: str = SettledBy.QUERY, within: float = LONGEST) -> Settled:
    """Ask the provider how an order stands. Raises SilentError."""
    answer = ask(order.connection, "order-status", {"order": order.number}, within=within)
    if answer.get("order") != order.number:
        raise BadReplyError("order")
    return settle(number=order.number, connection=order.connection, standing=read_standing(answer), by=by)


def look_up_all(joint: JointOrder) -> list[PaymentOrder]:
    """Ask for every part that is under way; return those whose provider keeps silent, or was not reached in time."""
    silent: list[PaymentOrder] = []
    until = monotonic() + ALL_TOGETHER
    for order in joint.parts.filter(state=OrderState.SENT).select_related("connection__organisation"):
        left = until - monotonic()
        if left < SHORTEST:
            silent.append(order)
            continue
        try:
            look_up(order, within=left)
        except SilentError:
            silent.append(order)
    return silent


@transaction.atomic
def close(*, number: str) -> None:
    """Give up an order that nobody has paid."""
    order = _locked(number)
    if order.state in {OrderState.NEW, OrderState.SENT}:
        order.state = OrderState.CLOSED
        order.save(update_fields=["state"])
        facts = {"amount": order.amount, "reason": "expired"}
        record("payment.closed", order, organisation=order.connection.organisation, **facts)


def _locked(number: str, **more: Any) -> PaymentOrder:
    rows = PaymentOrder.objects.select_for_update(of=("self",)).select_related("connection__organisation")
    return rows.get(number=number, **more)
