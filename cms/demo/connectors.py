"""Services that are done on this site, in the sample: at the sandbox, which is no provider."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from cms.connectors.models import ProviderConnection
from cms.connectors.operations import OPERATIONS
from cms.connectors.sandbox.server import KEY, SECRET
from cms.connectors.sealing import seal
from snippets.connectors import LINK
from snippets.models import ServiceItem

if TYPE_CHECKING:
    from accounts.models import User

PLACES = ("water", "gas", "heating", "power")
NAME = "示例沙箱"
# Code in the pack → connector, what is asked first.
DONE_HERE = {
    "S001": ("query", "用户号"),
    "S002": ("payment", "用户号"),
    "S003": ("handover", ""),
    "S004": ("payment", "用电户号"),
    "S006": ("payment", "燃气户号"),
    "S007": ("appointment", "燃气户号"),
    "S008": ("payment", "用户卡号"),
}


def add_connectors(places: dict[str, Any], by: User) -> None:
    """Connect four companies to the sandbox of this start, and let their services be done here; once."""
    if not settings.SANDBOX_URL:
        return
    for name in PLACES:
        ProviderConnection.objects.update_or_create(
            organisation_id=places[name].pk,
            name=NAME,
            defaults={"base_url": settings.SANDBOX_URL, "is_sandbox": True},
            create_defaults={
                "base_url": settings.SANDBOX_URL,
                "is_sandbox": True,
                "key_id": KEY,
                "secret": seal(SECRET),
                "operations": list(OPERATIONS),
            },
        )
    for item in ServiceItem.objects.filter(code__in=DONE_HERE, connector=LINK, locale__language_code="zh-hans"):
        _connect(item, by, *DONE_HERE[item.code])


def _connect(item: Any, by: User, connector: str, label: str) -> None:
    item.connector = connector
    declared = [_input(label, "account", "digits", 6, 12)] if label else []
    if connector == "appointment":
        declared.append(_input("联系电话", "phone", "phone", 7, 20))
    item.inputs = json.dumps([{"type": "input", "value": each, "id": f"input-{each['name']}"} for each in declared])
    item.phone = item.phone or "0411-00000000（示例）"
    item.place = item.place or "示例营业厅"
    item.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def _input(label: str, name: str, written: str, shortest: int, longest: int) -> dict[str, Any]:
    hint = "试用请随意填 6 到 12 位数字，不要填真实号码。" if name == "account" else "试用请填 0411-00000000。"
    limits = {"shortest": shortest, "longest": longest}
    return {"label": label, "name": name, "format": written, **limits, "help": hint, "personal": True}


def port() -> int:
    """Return where the sandbox of this demo answers."""
    return urlsplit(settings.SANDBOX_URL).port or 0
