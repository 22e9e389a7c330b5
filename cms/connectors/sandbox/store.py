"""What the sandbox knows: bills worked out from the number that was typed, orders, appointments, hand-overs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from threading import RLock
from typing import Any
from uuid import uuid4

# Numbers that order something else than an answer.
UNKNOWN, NOTHING_OWED, BROKEN, SLOW, NONSENSE = "404404", "000000", "500500", "999999", "777777"


@dataclass
class Order:
    """One order of payment."""

    number: str
    service: str
    bill: str
    amount: int
    return_url: str
    notify_url: str
    reference: str = field(default_factory=lambda: f"SBX{uuid4().hex[:12].upper()}")
    status: str = "unpaid"
    paid_at: float = 0.0

    def told(self) -> dict[str, Any]:
        """Return what is answered about it."""
        shown: dict[str, Any] = {"order": self.number, "status": self.status, "amount": self.amount}
        return {**shown, "reference": self.reference, "currency": "CNY"}


@dataclass
class Handover:
    """One hand-over."""

    state: str
    service: str
    return_url: str
    notify_url: str
    reference: str = field(default_factory=lambda: f"SBH{uuid4().hex[:12].upper()}")
    status: str = "open"


@dataclass
class Store:
    """All of it, in memory."""

    orders: dict[str, Order] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    bookings: dict[str, dict[str, Any]] = field(default_factory=dict)
    paid_bills: set[str] = field(default_factory=set)
    # Lines added to the file of reconciliation, and numbers left out of it.
    extra: list[dict[str, Any]] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    lock: RLock = field(default_factory=RLock)

    def bills(self, service: str, account: str) -> list[dict[str, Any]]:
        """Return what an account owes: the same for the same number, until it is paid."""
        if account == NOTHING_OWED:
            return []
        made = sha256(f"{service}:{account}".encode()).digest()
        bill = f"B{made.hex()[:16]}"
        amount = 1_000 + int.from_bytes(made[:2], "big") % 20_000
        owed = [{"id": bill, "title": "2026年11月（示例）", "amount": amount, "due": "2026-12-25"}]
        return [each for each in owed if each["id"] not in self.paid_bills]

    def open_order(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Take an order, once."""
        with self.lock:
            known = self.orders.get(asked["order"])
            if known is None:
                if asked["bill"] in self.paid_bills:
                    return {"status": "rejected", "message": "这张账单已经缴清。"}
                names = ("service", "bill", "amount", "return_url", "notify_url")
                known = Order(asked["order"], *(asked[name] for name in names))
                self.orders[known.number] = known
            return {"status": "ok", "reference": known.reference, "pay_path": f"/pay/{known.reference}"}

    def order_of(self, reference: str) -> Order | None:
        """Find an order by its reference."""
        return next((each for each in self.orders.values() if each.reference == reference), None)

    def settle(self, order: Order, status: str) -> None:
        """Note how an order ended."""
        with self.lock:
            order.status = status
            if status == "paid":
                order.paid_at = time.time()
                self.paid_bills.add(order.bill)

    def reconciliation(self, day: str) -> list[dict[str, Any]]:
        """Return the orders paid on a day in Beijing."""
        paid = [
            {"order": each.number, "amount": each.amount, "reference": each.reference}
            for each in self.orders.values()
            if each.status == "paid" and _beijing_day(each.paid_at) == day and each.number not in self.left_out
        ]
        return paid + [line for line in self.extra if line.get("date", day) == day]

    def slots(self) -> list[dict[str, Any]]:
        """Return what is free in the days to come."""
        first, taken = date.fromtimestamp(time.time()) + timedelta(days=1), [b["slot"] for b in self.bookings.values()]
        found: list[dict[str, Any]] = []
        for ahead in range(3):
            for start, end in (("09:00", "11:00"), ("14:00", "16:00")):
                day = (first + timedelta(days=ahead)).isoformat()
                slot = f"{day}-{start[:2]}"
                if (left := 2 - taken.count(slot)) > 0:
                    named = {"id": slot, "date": day, "start": start, "end": end, "place": "示例上门"}
                    found.append({**named, "left": left})
        return found

    def book(self, slot: str) -> dict[str, Any]:
        """Take a slot."""
        with self.lock:
            found = next((each for each in self.slots() if each["id"] == slot), None)
            if found is None:
                return {"status": "rejected", "message": "这个时段刚刚约满了，请另选一个。"}
            number = f"Y{uuid4().hex[:8].upper()}"
            self.bookings[number] = {"slot": slot}
            return {"status": "ok", "number": number, "slot": found, "message": "请在约定时段留人在家（示例）。"}

    def cancel(self, number: str) -> dict[str, Any]:
        """Give a slot back."""
        with self.lock:
            if self.bookings.pop(number.strip().upper(), None) is None:
                return {"status": "rejected", "message": "没有这个预约号，或已经取消。"}
            return {"status": "ok", "message": "预约已取消。"}


def _beijing_day(moment: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment + 8 * 3600))
