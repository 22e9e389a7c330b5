"""What the tests of the connectors do again and again."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from cms.connectors.models import ProviderConnection
from cms.connectors.operations import OPERATIONS
from cms.connectors.sandbox.server import KEY, SECRET
from cms.connectors.sealing import seal
from snippets.models import ServiceItem
from tests.factories import make_service_item

ACCOUNT = {
    "label": "用户号",
    "name": "account",
    "format": "digits",
    "shortest": 4,
    "longest": 12,
    "help": "在账单上。",
}
BASE = {"phone": "0411-00000000", "place": "示例营业厅", "personal_input": "用户号"}


def control(address: str, **asked: Any) -> dict[str, Any]:
    request = urllib.request.Request(f"{address}/_control", json.dumps(asked).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=10) as reply:
        found: dict[str, Any] = json.load(reply)
    return found


def connect(place: Any, address: str, **fields: Any) -> ProviderConnection:
    values = {"name": "示例沙箱", "base_url": address, "key_id": KEY, "secret": seal(SECRET), "is_sandbox": True}
    values |= {"operations": list(OPERATIONS), **fields}
    return ProviderConnection.objects.create(organisation_id=place.pk, **values)


def inputs(*declared: dict[str, Any]) -> str:
    blocks = [
        {"type": "input", "value": {"personal": True, **each}, "id": f"i{number}"}
        for number, each in enumerate(declared)
    ]
    return json.dumps(blocks)


def item(town: Any, code: str, connector: str, place: Any = None, **fields: Any) -> ServiceItem:
    """Make a live service of the water company, or of another, that is done here."""
    values = {"title": f"示例{code}", "connector": connector, "inputs": inputs(ACCOUNT), **BASE, **fields}
    return make_service_item(place or town.water, town.industries["water"], code=code, **values)


def payable(town: Any, code: str, place: Any = None, **fields: Any) -> ServiceItem:
    return item(town, code, "payment", place, service_class="payment", **fields)
