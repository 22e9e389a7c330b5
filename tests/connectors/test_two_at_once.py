"""Told by several at the same moment, an order is settled once; a bill is paid by one order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection as database

from cms.connectors.models import JointOrder, PaymentOrder
from cms.connectors.payments import Settled, settle
from cms.connectors.replies import Standing
from ledger.models import Event
from tests.town import Town

from .acts import connect

needs_postgres = pytest.mark.skipif(database.vendor != "postgresql", reason="SQLite writes one at a time anyway")


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_notification_return_and_reconciliation_at_once_settle_once(town: Town):
    connection = connect(town.water, "https://provider.example.org/")
    order = PaymentOrder.objects.create(
        joint=JointOrder.objects.create(), connection=connection, code="c", title="t", bill="b", amount=5, account="x",
        state="sent",
    )  # fmt: skip

    def tell(by: str) -> Any:
        try:
            return settle(number=order.number, connection=connection, standing=Standing("paid", 5, "R1"), by=by)
        finally:
            database.close()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(tell, ["notification", "query", "reconciliation"] * 2))

    assert sorted(found) == sorted([Settled.DONE, *[Settled.ALREADY] * 5])
    assert Event.objects.filter(kind="payment.paid").count() == 1
