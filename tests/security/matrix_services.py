"""How the online services run: seen by who works on them, announced by who may change them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from .asking import NOBODY, STAFF, WRITERS, Row
from .world import World


def window(world: World) -> Any:
    start = timezone.localtime() + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    return {"reason": "upgrade", **{name: at.strftime("%Y-%m-%dT%H:%M") for name, at in times.items()}}


ROWS = [
    Row("service_health:list", (), STAFF),
    *(Row("service_health:file", (table, kind), STAFF) for table in ("items", "totals") for kind in ("csv", "xlsx")),
    Row("service_health:file", ("items", "pdf"), NOBODY),
    Row("service_health:maintenance", ("item public",), WRITERS),
    Row("service_health:maintenance", ("item public",), WRITERS, post=window),
    # What is not public has nothing to be announced of.
    Row("service_health:maintenance", ("item",), NOBODY),
    Row("service_health:maintenance", ("item",), NOBODY, post=window),
    Row("service_health:end", ("item public", "maintenance"), NOBODY),
    Row("service_health:end", ("item public", "maintenance"), WRITERS, post={}),
    # One item's maintenance is not ended through another.
    Row("service_health:end", ("item", "maintenance"), NOBODY, post={}),
]
