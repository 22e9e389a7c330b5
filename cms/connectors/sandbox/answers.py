"""What the sandbox answers to each operation, and the faults that a number orders."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .store import BROKEN, NONSENSE, NOTHING_OWED, SLOW, UNKNOWN, Handover, Store

OPERATIONS = ["query", "handover", "appointment", "payment"]
LONG = 8
Answer = tuple[int, Any]


def answer(store: Store, origin: str, path: str, asked: dict[str, Any]) -> Answer:
    """Answer one question: status and body."""
    inputs = asked.get("inputs")
    account = str(next(iter(inputs.values()), "")) if isinstance(inputs, dict) else ""
    if (fault := _fault(account)) is not None:
        return fault
    acts: dict[str, Callable[[], Any]] = {
        "ping": lambda: {"status": "ok", "name": "示例提供单位（沙箱）", "operations": OPERATIONS},
        "query": lambda: _query(store, asked, account),
        "bills": lambda: {"status": "ok", "bills": store.bills(str(asked.get("service")), account)},
        "orders": lambda: _order(store, origin, asked),
        "order-status": lambda: _order_status(store, asked),
        "reconciliation": lambda: {"status": "ok", "orders": store.reconciliation(str(asked.get("date")))},
        "handover": lambda: _handover(store, origin, asked),
        "handover-status": lambda: _handover_status(store, asked),
        "slots": lambda: {"status": "ok", "slots": store.slots()},
        "book": lambda: store.book(str(asked.get("slot"))),
        "cancel": lambda: store.cancel(str(asked.get("number"))),
    }
    act = acts.get(path)
    return (200, act()) if act is not None else (404, {"status": "rejected", "message": "没有这个接口。"})


def _fault(account: str) -> Answer | None:
    if account == SLOW:
        time.sleep(LONG)
    if account == BROKEN:
        return 500, {"message": "沙箱：内部错误"}
    if account == NONSENSE:
        return 200, "<html>沙箱：这不是 JSON</html>"
    if account == UNKNOWN:
        return 422, {"status": "rejected", "message": "没有查到，请核对后再填。", "errors": _first(account)}
    return None


def _first(account: str) -> dict[str, str]:
    return {"account": "没有这个用户号。"} if account else {}


def _query(store: Store, asked: dict[str, Any], account: str) -> dict[str, Any]:
    if account == NOTHING_OWED:
        return {"status": "ok", "rows": [], "message": "没有欠费。"}
    bills = store.bills(str(asked.get("service")), account)
    rows = [{"label": each["title"], "value": f"{yuan(each['amount'])} 元，{each['due']} 前缴清"} for each in bills]
    return {"status": "ok", "rows": [*rows, {"label": "用户", "value": "示＊＊（示例）"}], "message": ""}


def yuan(fen: int) -> str:
    """Write an amount."""
    return f"{fen // 100}.{fen % 100:02d}"


def _order(store: Store, origin: str, asked: dict[str, Any]) -> dict[str, Any]:
    needed = ("order", "service", "bill", "amount", "return_url", "notify_url")
    if any(name not in asked for name in needed) or not isinstance(asked["amount"], int):
        return {"status": "rejected", "message": "订单不完整。"}
    told = store.open_order(asked)
    return {**told, "pay_url": f"{origin}{told.pop('pay_path')}"} if told["status"] == "ok" else told


def _order_status(store: Store, asked: dict[str, Any]) -> dict[str, Any]:
    order = store.orders.get(str(asked.get("order")))
    return order.told() if order else {"order": asked.get("order"), "status": "unknown"}


def _handover(store: Store, origin: str, asked: dict[str, Any]) -> dict[str, Any]:
    names = ("state", "service", "return_url", "notify_url")
    if any(not isinstance(asked.get(name), str) for name in names):
        return {"status": "rejected", "message": "转办不完整。"}
    made = store.handovers.setdefault(asked["state"], Handover(*(asked[name] for name in names)))
    return {"status": "ok", "reference": made.reference, "url": f"{origin}/handover/{made.reference}"}


def _handover_status(store: Store, asked: dict[str, Any]) -> dict[str, Any]:
    made = store.handovers.get(str(asked.get("state")))
    return {"state": asked.get("state"), "status": made.status if made else "unknown"}
