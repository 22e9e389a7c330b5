"""Both directions of the signature, as a provider has to write them."""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

from ledger.signatures import signature, signed_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLERANCE = 300


@dataclass
class Signer:
    """Signs what is sent, and knows whether what came is signed, fresh and new."""

    key: str
    secret: str
    seen: dict[str, float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def problem(self, headers: Mapping[str, str], body: bytes) -> str:
        """Say what is wrong with a request, or nothing."""
        number, asked = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if headers.get("gongkai-key") != self.key:
            return "密钥编号不对"
        if not asked.isdigit() or abs(time.time() - int(asked)) > TOLERANCE:
            return "时间相差太多"
        expected = signature(self.secret, number, int(asked), body)
        given = headers.get("webhook-signature", "").split(" ")
        if not any(hmac.compare_digest(expected.encode(), each.encode()) for each in given):
            return "签名不对"
        with self.lock:
            if number in self.seen:
                return "重复的请求"
            self.seen[number] = time.time()
        return ""

    def headers(self, body: bytes, *, number: str = "", age: int = 0, secret: str = "") -> dict[str, str]:
        """Sign a notification; `age` and another secret are faults to order."""
        told = int(time.time()) - age
        signed = signed_headers([secret or self.secret], number or f"msg_{uuid4().hex}", told, body)
        return {"Content-Type": "application/json", "gongkai-key": self.key, **signed}

    def returning(self, number: str, status: str) -> dict[str, str]:
        """Sign what a browser carries back: the number of the order or hand-over, and how it ended."""
        nonce, told = f"ret_{uuid4().hex}", int(time.time())
        signed = signature(self.secret, nonce, told, f"{number}.{status}".encode())
        return {"id": nonce, "timestamp": str(told), "status": status, "signature": signed}
