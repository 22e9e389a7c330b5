"""The sandbox's server: signed questions in JSON, and the pages a citizen is handed over to."""

from __future__ import annotations

import json
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from .answers import answer, yuan
from .signing import Signer
from .store import Store
from .telling import HANDOVER_WAYS, WAYS, hand_back, pay, tell

KEY, SECRET = "sandbox", "whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveA=="
MOST = 64 * 1024
PAGE = """<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{{font:1.1rem/1.7 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}
button{{font:inherit;padding:.6rem 1rem;margin:.2rem 0;width:100%;text-align:start}}
.mark{{border:2px solid #a32020;color:#a32020;padding:.5rem 1rem}}
</style></head><body><main><p class="mark">沙箱 · 示例：不是真的提供单位，不会收钱，不要填真实信息。</p>
<h1>{title}</h1>{body}</main></body></html>"""


class SandboxServer(ThreadingHTTPServer):
    """Serves, and remembers what it told."""

    daemon_threads = True

    def __init__(self, where: tuple[str, int], *, key: str = KEY, secret: str = SECRET) -> None:
        super().__init__(where, Handler)
        self.signer, self.store = Signer(key, secret), Store()
        self.told: list[tuple[dict[str, Any], int]] = []
        self.address = f"http://{where[0]}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever asked has gone."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: SandboxServer
    server_version = "GongkaiSandbox"

    def do_GET(self) -> None:
        """Show a page to press on."""
        kind, _slash, reference = self.path.strip("/").partition("/")
        order = self.server.store.order_of(reference) if kind == "pay" else None
        made = self._handover(reference) if kind == "handover" else None
        if order is not None:
            text = f"<p>订单 {escape(order.number)}</p><p><strong>{yuan(order.amount)} 元</strong></p>"
            self._page("收银台（沙箱）", text + _buttons(WAYS))
        elif made is not None:
            self._page("办理页面（沙箱）", f"<p>{escape(made.reference)}</p>" + _buttons(HANDOVER_WAYS))
        else:
            self._page("示例提供单位（沙箱）", "<p>这里没有页面。接口说明见 docs/connectors.md。</p>", 404)

    def do_POST(self) -> None:
        """Answer a signed question, or do what was pressed."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST))
        kind, _slash, rest = self.path.strip("/").partition("/")
        if kind in {"pay", "handover"} and rest:
            self._pressed(kind, rest, parse_qs(body.decode()).get("way", [""])[0])
        elif kind == "_control":
            self._control(json.loads(body))
        elif problem := self.server.signer.problem({name.lower(): text for name, text in self.headers.items()}, body):
            self._json(401, {"status": "rejected", "message": problem})
        else:
            self._json(*answer(self.server.store, self.server.address, self.path.strip("/"), json.loads(body)))

    def _pressed(self, kind: str, reference: str, way: str) -> None:
        order = self.server.store.order_of(reference) if kind == "pay" else None
        made = self._handover(reference) if kind == "handover" else None
        onward = None
        if order is not None and way in WAYS:
            onward = pay(self.server, order, way)
        elif made is not None and way in HANDOVER_WAYS:
            onward = hand_back(self.server, made, way)
        if not onward:
            self._page(
                "完成（沙箱）", "<p>已付款，请自行回到原来的网页。</p>" if onward == "" else "<p>没有这个按钮。</p>"
            )
            return
        self.send_response(303)
        self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _control(self, asked: dict[str, Any]) -> None:
        """Let tests look and interfere: lines of reconciliation, and notifications at any moment."""
        store = self.server.store
        store.extra += asked.get("extra", [])
        store.left_out |= set(asked.get("left_out", []))
        for each in asked.get("tell", []):
            tell(self.server, each["address"], each["message"], **each.get("faults", {}))
        told = [{"message": message, "status": status} for message, status in self.server.told]
        self._json(200, {"orders": [each.told() for each in store.orders.values()], "told": told})

    def _handover(self, reference: str) -> Any:
        return next((each for each in self.server.store.handovers.values() if each.reference == reference), None)

    def _json(self, status: int, value: Any) -> None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self._send(status, text, "application/json")

    def _page(self, title: str, body: str, status: int = 200) -> None:
        self._send(status, PAGE.format(title=title, body=body), "text/html; charset=utf-8")

    def _send(self, status: int, text: str, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: Any) -> None:
        """Write no log: what is asked here stands for what is personal."""


def _buttons(ways: dict[str, str]) -> str:
    buttons = "".join(f'<button name="way" value="{way}">{text}</button>' for way, text in ways.items())
    return f'<form method="post">{buttons}</form>'
