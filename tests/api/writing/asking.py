"""How tests write by API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from accounts.models import ApiToken
from tests.tokens.making import ALL, bearer, make_token
from tests.town import Town

WRITE = "/api/v2/write"
TEXT = [{"type": "text", "value": "<p>示例正文。</p>"}]


class System:
    """A unit's own system, with its token."""

    def __init__(self, organisation: Any, acts_for: Any, scopes: Any = ALL, by: Any = None, **fields: Any) -> None:
        self.token: ApiToken
        self.token, self.secret = make_token(organisation, acts_for=acts_for, scopes=scopes, by=by, **fields)
        self.client = Client(raise_request_exception=True, enforce_csrf_checks=True)

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """Send a request."""
        extra = {f"HTTP_{name.upper()}": value for name, value in headers.items()} | bearer(self.secret)
        content = "" if body is None else json.dumps(body)
        return self.client.generic(method, f"{WRITE}/{address}", content, "application/json", **extra)

    def create(self, kind: str, body: Any, **headers: str) -> Any:
        """Make a draft."""
        return self.ask("POST", f"{kind}/", body, **headers)

    def created(self, kind: str, body: Any) -> tuple[dict[str, Any], str]:
        """Make a draft that must be accepted; return it with its validator."""
        response = self.create(kind, body)
        assert response.status_code == 201, response.content.decode()
        return response.json(), response["ETag"]

    def put(self, kind: str, pk: int, body: Any, etag: str, **headers: str) -> Any:
        """Write a draft anew."""
        return self.ask("PUT", f"{kind}/{pk}/", body, if_match=etag, **headers)

    def submit(self, kind: str, pk: int, body: Any = None, **headers: str) -> Any:
        """Submit a draft."""
        return self.ask("POST", f"{kind}/{pk}/submit/", body, **headers)

    def status(self, kind: str, pk: int) -> dict[str, Any]:
        """Return where a draft stands."""
        response = self.ask("GET", f"{kind}/{pk}/status/")
        assert response.status_code == 200, response.content.decode()
        return response.json()


def system_of(town: Town, place: str = "water", **fields: Any) -> System:
    """Return the system of a place, in the name of its editor; its administrator made the token."""
    return System(getattr(town, place), town.editor(place), by=town.administrator(place), **fields)


def disclosure(**changed: Any) -> dict[str, Any]:
    """Return the least disclosure of the waterworks."""
    return {"entry": "water:A01", "title": "示例企业概况", "body": TEXT} | changed


def whole(**changed: Any) -> dict[str, Any]:
    """Return one that lacks nothing."""
    return (
        disclosure(
            entry="water:B01",
            title="居民用水价格",
            summary="居民用水价格。",
            generated_on="2026-11-20",
            keywords=["水价", "居民 用水"],
            body=[
                {
                    "type": "fee_table",
                    "value": {
                        "title": "居民用水价格",
                        "since": "2026-01-01",
                        "groups": [
                            {
                                "name": "居民",
                                "basis": "示例依据",
                                "number": "示例〔2026〕1号",
                                "fees": [{"item": "居民用水", "amount": "3.20", "unit": "元/立方米", "scope": "全市"}],
                            }
                        ],
                        "supervision_phone": "0411-12345678",
                    },
                }
            ],
        )
        | changed
    )
