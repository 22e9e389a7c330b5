"""Events, and what a hand that should not be there does to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ledger.events import record
from ledger.models import Event


def record_many(count: int, **facts: Any) -> list[Event]:
    """Record some events."""
    return [record("test.done", number=number, **facts) for number in range(count)]


def happened(event: Event, ago: timedelta) -> Event:
    """Write an event that happened earlier."""
    event.pk, event.at = None, timezone.now() - ago
    event.save(force_insert=True)
    return event


@contextmanager
def without_triggers() -> Iterator[None]:
    """Let a hand with every right over the database do what the triggers refuse."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger%'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for _name, sql in triggers:
                cursor.execute(sql)


def tamper(statement: str, parameters: list[Any]) -> None:
    """Run a statement behind everybody's back."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount == 1
