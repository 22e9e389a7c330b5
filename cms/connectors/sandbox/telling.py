"""What a citizen presses on the sandbox's own pages, and what it then tells the portal, well or badly."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from .server import SandboxServer
    from .store import Handover, Order

WRONG_SECRET = "whsec_d3Jvbmctd3Jvbmctd3Jvbmctd3Jvbmc="  # noqa: S105 (a fault to order)
HOUR = 3600
Told = tuple[dict[str, Any], dict[str, Any]]
UNPAID = {"failed", "forged", "stale"}
# What can be pressed: its name, what stands on it.
WAYS = {
    "paid": "付款成功",
    "failed": "付款失败",
    "silent": "付款成功，但不通知（靠查询或对账补上）",
    "forged": "没有付款，通知的签名是伪造的",
    "amount": "付款成功，但通知的金额被改",
    "double": "付款成功，通知发两次",
    "stale": "没有付款，重放一小时前的通知",
    "unreturned": "付款成功，通知了，但不返回",
}
HANDOVER_WAYS = {"done": "办完了", "accepted": "已受理，过几天办完", "refused": "不予受理"}


def pay(server: SandboxServer, order: Order, way: str) -> str:
    """Do what was pressed; return where the browser goes."""
    is_paid = way not in UNPAID
    if is_paid or way == "failed":
        server.store.settle(order, "paid" if is_paid else "failed")
    message = {"type": "payment", **order.told()}
    for changed, faults in _told(order, way):
        tell(server, order.notify_url, {**message, **changed}, **faults)
    if way == "unreturned":
        return ""
    returning = server.signer.returning(order.number, "paid" if is_paid else "failed")
    return f"{order.return_url}?{urlencode(returning)}"


def _told(order: Order, way: str) -> list[Told]:
    """Return the notifications of a way: what is changed in each, and its faults."""
    twice: Told = ({}, {"number": f"msg_{order.reference}"})
    told: dict[str, list[Told]] = {
        "silent": [],
        "forged": [({"status": "paid"}, {"secret": WRONG_SECRET})],
        "stale": [({"status": "paid"}, {"age": HOUR})],
        "amount": [({"amount": 1}, {})],
        "double": [twice, twice],
    }
    return told.get(way, [({}, {})])


def hand_back(server: SandboxServer, made: Handover, way: str) -> str:
    """Note how a hand-over ended, tell the portal, and return where the browser goes."""
    made.status = way
    tell(server, made.notify_url, {"type": "handover", "state": made.state, "status": way})
    return f"{made.return_url}?{urlencode(server.signer.returning(made.state, way))}"


def tell(server: SandboxServer, address: str, message: dict[str, Any], **faults: Any) -> int:
    """Send a notification; return the status, 0 where nobody answered. A real provider tries again later."""
    body = json.dumps(message, ensure_ascii=False).encode()
    request = urllib.request.Request(  # noqa: S310 (the portal's address, from its signed order)
        address, body, server.signer.headers(body, **faults), method="POST"
    )
    status = 0
    with suppress(OSError):
        try:
            with urllib.request.urlopen(request, timeout=5) as reply:  # noqa: S310
                status = reply.status
        except urllib.error.HTTPError as error:
            status = error.code
            error.close()
    server.told.append((message, status))
    return status
