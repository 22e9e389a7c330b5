"""Reconciliation: the provider's account of a day against ours; what differs is written down and told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authority import holders
from accounts.models import Duty, User
from ledger.events import record
from ledger.letters import Message, write

from .asking import SilentError, ask
from .models import HandOver, Heard, JointOrder, OrderState, PaymentOrder, ProviderConnection, Reconciliation, SettledBy
from .operations import PAYMENT
from .payments import OPEN, close, look_up, settle
from .replies import Standing, read_account

DAY = timedelta(days=1)
HEARD = timedelta(days=2)
# So many days back an account that was not told is asked for again.
ASKED_AGAIN = 7
# A hundred thousand orders, as many as are read.
ACCOUNT_BYTES = 16 * 1024 * 1024
Account = dict[str, tuple[int, str]]
WHAT = {
    "unknown": gettext_lazy("对方有，本站没有这个订单"),
    "recovered": gettext_lazy("对方已收，本站没有记上：已按对方的流水补记"),
    "amount": gettext_lazy("金额不同"),
    "missing": gettext_lazy("本站记为已缴，对方没有"),
    "unsure": gettext_lazy("本站记为已缴，对方这一天没有；前后一天的账没有查到"),
    "state": gettext_lazy("对方已收，本站是另一个结果"),
}


def reconcile(connection: ProviderConnection, day: date) -> Reconciliation:
    """Compare a day. Raises SilentError."""
    theirs = _account(connection, day)
    # Asked before anything is settled: whoever keeps silent has changed nothing.
    absent = _absent(connection, day, theirs)
    ours = {each.number: each for each in connection.orders.filter(number__in=theirs)}
    differences = [
        found for number, told in theirs.items() if (found := _compared(connection, ours.get(number), number, *told))
    ]
    connection.orders.filter(number__in=theirs).update(accounted_on=day)
    differences += absent
    wrong = {each["order"] for each in differences}
    same = [amount for number, (amount, _reference) in theirs.items() if number not in wrong]
    return _kept(connection, day, same, differences)


def _account(connection: ProviderConnection, day: date) -> Account:
    """Return the provider's account of a day: amount and reference by number. Raises SilentError."""
    lines = read_account(ask(connection, "reconciliation", {"date": day.isoformat()}, limit=ACCOUNT_BYTES))
    return {number: (amount, reference) for number, amount, reference in lines}


def _absent(connection: ProviderConnection, day: date, theirs: Account) -> list[dict[str, Any]]:
    """Return what we have as paid on a day, and the provider neither then nor on the days beside it.

    What is paid before midnight is told after it, and clocks differ: an order is of the day of the provider's account.
    """
    told_then = Q(paid_at__range=_span(day), accounted_on=None) | Q(accounted_on=day)
    left = {each.number: each for each in connection.orders.filter(told_then, state=OrderState.PAID)}
    for number in theirs:
        left.pop(number, None)
    found, what = [], "missing"
    for beside in (day - DAY, day + DAY) if left else ():
        try:
            account = _account(connection, beside)
        except SilentError:
            what = "unsure"
            continue
        for number in left.keys() & account:
            order = left.pop(number)
            found.append(_compared(connection, order, number, *account[number]))
            connection.orders.filter(pk=order.pk).update(accounted_on=beside)
    found += [_difference(what, each.number, each.amount, 0) for each in left.values()]
    return [each for each in found if each]


def _compared(
    connection: ProviderConnection, order: PaymentOrder | None, number: str, amount: int, reference: str
) -> dict[str, Any] | None:
    if order is None:
        return _difference("unknown", number, 0, amount)
    if order.amount != amount:
        return _difference("amount", number, order.amount, amount)
    if order.state == OrderState.PAID:
        return None if order.reference == reference else _difference("state", number, order.amount, amount)
    settled = settle(
        number=number, connection=connection, standing=Standing("paid", amount, reference), by=SettledBy.RECONCILIATION
    )
    return _difference("recovered" if settled == "done" else "state", number, order.amount, amount)


def _difference(what: str, number: str, ours: int, theirs: int) -> dict[str, Any]:
    return {"order": number, "what": what, "ours": ours, "theirs": theirs}


def _span(day: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    return start, start + DAY - timedelta(microseconds=1)


@transaction.atomic
def _kept(
    connection: ProviderConnection, day: date, same: list[int], differences: list[dict[str, Any]]
) -> Reconciliation:
    before = connection.reconciliations.filter(day=day).values_list("differences", flat=True).first() or []
    known = {each["order"] for each in differences}
    # What was put right agrees from then on: the report keeps it.
    differences += [each for each in before if each["what"] == "recovered" and each["order"] not in known]
    differences.sort(key=itemgetter("order"))
    values = {"checked_at": timezone.now(), "number": len(same), "amount": sum(same), "differences": differences}
    row, _made = Reconciliation.objects.update_or_create(connection=connection, day=day, defaults=values)
    organisation = connection.organisation
    record("payment.reconciled", connection, organisation=organisation, day=str(day), differences=len(differences))
    if differences and differences != before:
        _tell(connection, day, len(differences))
    return row


def _tell(connection: ProviderConnection, day: date, number: int) -> None:
    people = User.objects.filter(pk__in=holders(connection.organisation, [Duty.ADMINISTRATOR]))
    words = {"name": connection.name, "day": day.isoformat(), "number": number}
    subject = _("%(day)s 缴费对账有 %(number)d 处差异：%(name)s") % words
    body = _("请在“办理接口”里逐笔核对，与提供单位一起处理。")
    write(people, Message("connection.differs", subject, body, f"/admin/connections/{connection.pk}/", must_act=True))


def reconcile_all(day: date, *, again: bool = False) -> tuple[int, list[str]]:
    """Compare a day with every provider, and give up what nobody paid; return how many, and who kept silent.

    `again`: also the days before it which a provider still owes, as far as it answers.
    """
    done, silent = 0, []
    for connection in ProviderConnection.objects.filter(is_active=True).select_related("organisation"):
        if PAYMENT not in connection.operations:
            continue
        for each in [day, *(owing(connection, day - DAY) if again else ())]:
            try:
                reconcile(connection, each)
            except SilentError as error:
                silent.append(f"{connection.name}（{each}）：{error}")
                if each == day:
                    # Who does not answer now is not asked for more.
                    break
            else:
                done += each == day
    _give_up(timezone.now())
    return done, silent


def owing(connection: ProviderConnection, day: date) -> list[date]:
    """Return the days up to this one, of seven and oldest first, whose account its provider still owes.

    Owed is also the account of a day after which an order had to be left unsure. Before the first order there is
    nothing to compare.
    """
    begun = connection.orders.aggregate(first=Min("created_at"))["first"]
    if begun is None:
        return []
    days = [each for ago in reversed(range(ASKED_AGAIN)) if (each := day - ago * DAY) >= timezone.localdate(begun)]
    told = connection.reconciliations.filter(day__in=days).values_list("day", "differences")
    known = {each for each, found in told if not any(row["what"] == "unsure" for row in found)}
    return [each for each in days if each not in known]


def _give_up(now: datetime) -> None:
    old = PaymentOrder.objects.filter(state__in=[OrderState.NEW, OrderState.SENT], created_at__lt=now - OPEN)
    for order in old.select_related("connection__organisation"):
        if order.state == OrderState.SENT:
            try:
                look_up(order)
            except SilentError:
                # Perhaps it was paid: it waits for an answer.
                continue
        close(number=order.number)


def forget(now: datetime) -> int:
    """Delete what is kept no longer."""
    kept = now - timedelta(days=settings.PAYMENT_DAYS)
    Heard.objects.filter(at__lt=now - HEARD).delete()
    Reconciliation.objects.filter(day__lt=kept.date()).delete()
    HandOver.objects.filter(created_at__lt=kept).delete()
    return JointOrder.objects.filter(created_at__lt=kept).delete()[0]
