"""What a builder wrote, kept as rows and put back in a few statements.

A small town costs hundreds of queries: pages, revisions, references, search rows. Every test wants its own, so it is
built once for each run and its rows are written again for each test.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

from tests.standing import undo

T = TypeVar("T")
Row = tuple[Any, ...]
Rows = dict[Any, Row]
# SQLite fills these by triggers.
FULL_TEXT = "_fts"


class Replay(Generic[T]):
    """Builds once, when `record` is called: on a fresh database, so that the numbers are low and the same every run.

    A call writes the rows and returns an equal object.
    """

    def __init__(self, build: Callable[[], T]) -> None:
        self.build = build
        self.statements: list[tuple[str, list[Any]]] = []
        self.built = b""

    def __call__(self) -> T:
        # At once, as rows point to rows that come later.
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, parameters in self.statements:
                cursor.execute(statement, parameters)
        return pickle.loads(self.built)

    def lazily(self) -> T:
        """Build at the first call: what few files need. The database holds then what it holds at every later call."""
        if not self.built:
            self.record()
        return self()

    def record(self) -> None:
        with undo():
            before = {table: rows_of(table) for table in tables()}
            self.built = pickle.dumps(self.build())
            self.statements = [
                statement for table, rows in before.items() for statement in differences(table, rows, rows_of(table))
            ]


def tables() -> list[str]:
    """Return the tables that hold rows of their own."""
    with connection.cursor() as cursor:
        return [name for name in connection.introspection.table_names(cursor) if FULL_TEXT not in name]


def columns_of(table: str) -> list[str]:
    """Return the columns, the primary key first."""
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        (key,) = connection.introspection.get_primary_key_columns(cursor, table) or names[:1]
    return [key, *(name for name in names if name != key)]


def rows_of(table: str) -> Rows:
    """Return all rows by primary key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {listed(columns_of(table))} FROM {quoted(table)}")
        return {row[0]: row for row in cursor.fetchall()}


def differences(table: str, before: Rows, after: Rows) -> Iterator[tuple[str, list[Any]]]:
    """Yield the statements that lead from one state of a table to the other."""
    if before == after:
        return
    names = columns_of(table)
    for key in before.keys() - after.keys():
        yield f"DELETE FROM {quoted(table)} WHERE {quoted(names[0])} = %s", [key]
    for key in before.keys() & after.keys():
        if before[key] != after[key]:
            values = ", ".join(f"{quoted(name)} = %s" for name in names)
            yield f"UPDATE {quoted(table)} SET {values} WHERE {quoted(names[0])} = %s", [*after[key], key]
    if new := [after[key] for key in after if key not in before]:
        places = ", ".join([f"({', '.join(['%s'] * len(names))})"] * len(new))
        yield f"INSERT INTO {quoted(table)} ({listed(names)}) VALUES {places}", [value for row in new for value in row]
        if connection.vendor == "postgresql" and isinstance(new[-1][0], int):
            yield SEQUENCE.format(table=quoted(table), key=names[0]), []


# A database that was just restored begins to count again below the rows put back.
SEQUENCE = (
    "SELECT setval(sequence, GREATEST(nextval(sequence), (SELECT MAX({key}) FROM {table})))"
    " FROM (SELECT pg_get_serial_sequence('{table}', '{key}') AS sequence) AS found WHERE sequence IS NOT NULL"
)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def listed(names: list[str]) -> str:
    return ", ".join(quoted(name) for name in names)
