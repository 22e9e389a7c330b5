"""Write many rows of one table at once: COPY on PostgreSQL, one prepared INSERT elsewhere.

Django's `bulk_create` writes SQL with a placeholder for every value of every row; for wide tables making that text, and
parsing it in the database, costs more than the rows. A value that many rows share is converted once.

No signal is sent and no conflict is settled: what is written had better be new.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import Jsonb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Field, Model

# Of COPY's text format. Its CSV is shorter, but a line of nothing but `\.` within a text ends the data there.
ESCAPES = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))


def reserve(model: type[Model], number: int) -> list[int]:
    """Take keys that no other row has or gets, so that rows can name one another before they are written.

    Call it inside a transaction: SQLite keeps others from writing until its end.
    """
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            taken = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(taken, [f'"{table}"', column, number])
            return sorted(key for (key,) in cursor)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + number))


def write_objects(model: type[Model], objects: Sequence[Any]) -> None:
    """Write the part of these objects that the model's own table holds; they have their keys."""
    fields = model._meta.local_concrete_fields
    write(model, {field.attname: [field.pre_save(each, True) for each in objects] for field in fields})


def write(model: type[Model], columns: Mapping[str, Sequence[Any]], **same: Any) -> None:
    """Write one row or more, given by columns and by what is the same in all; the rest gets its default.

    Call it inside a transaction, as SQLite writes row after row. Names are those of attributes
    (`entry_id`). The database gives the keys where they are not among the columns.
    """
    fields = [field for field in model._meta.local_concrete_fields if field.attname in columns or not field.primary_key]
    alike = {field.attname: same.get(field.attname, field.get_default()) for field in fields}
    number = len(next(iter(columns.values())))
    stored = [_stored(field, columns.get(field.attname) or [alike[field.attname]] * number) for field in fields]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    place = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    if connection.vendor == "postgresql":
        _copy(place, zip(*stored, strict=True))
    else:
        _insert(place, zip(*stored, strict=True))


def _stored(field: Field[Any, Any], values: Sequence[Any]) -> Iterable[Any]:
    """Return values as the database takes them; each object is converted once."""
    written = as_text if connection.vendor == "postgresql" else (lambda value: value)
    objects = {id(value): value for value in values}
    known = {key: written(field.get_db_prep_save(value, connection)) for key, value in objects.items()}
    return [known[id(value)] for value in values]


def as_text(value: Any) -> str:
    """Write a value as COPY reads it."""
    if value is None:
        return r"\N"
    if not isinstance(value, str | Jsonb):
        return str(value)
    text = value if isinstance(value, str) else value.dumps(value.adapted)
    for character, written in ESCAPES:
        text = text.replace(character, written)
    return text


def _copy(place: str, rows: Iterable[Sequence[str]]) -> None:
    text = StringIO("\n".join(map("\t".join, rows)))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {place} FROM STDIN", text)


def _insert(place: str, rows: Iterable[Sequence[Any]]) -> None:
    everything = list(rows)
    values = ", ".join(["%s"] * len(everything[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {place} VALUES ({values})", everything)  # noqa: S608 - our models' names
