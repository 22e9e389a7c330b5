"""How things are broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

READ_ONLY = {"postgresql": "SET default_transaction_read_only = {}", "sqlite": "PRAGMA query_only = {}"}


@contextmanager
def read_only_database() -> Iterator[None]:
    """Let the database refuse to write, as a hot standby does, or a disk that is full."""
    with connection.cursor() as cursor:
        cursor.execute(READ_ONLY[connection.vendor].format("on"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(READ_ONLY[connection.vendor].format("off"))
