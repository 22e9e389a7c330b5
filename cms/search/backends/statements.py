"""The statements of a page of results on PostgreSQL, written out: they run faster than Django puts them together.

What is asked is kept from the planner behind a subquery (see `postgres.LiteralQuery`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from wagtail.search.models import IndexEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .among import Among

TABLE = IndexEntry._meta.db_table
# As `postgres.PostgresSearchBackend.nearest` ranks.
TITLE_RANK = "10.0 * ts_rank(title, (SELECT %s::tsquery), 2)"
BODY_RANK = "ts_rank(body, (SELECT %s::tsquery))"
IN_TITLE = "title @@ (SELECT %s::tsquery)"
# The first by their titles, who are put in order by their bodies too.
RANKED = f"""
    SELECT {{number}}, content_type_id FROM (
        SELECT id, object_id, content_type_id, body, {IN_TITLE} AS in_title, {TITLE_RANK} AS title_rank
        FROM {TABLE}
        WHERE content_type_id = ANY(%s) AND body @@ (SELECT %s::tsquery) AND {{number}} IN ({{keys}})
        ORDER BY in_title DESC, title_rank DESC, id DESC LIMIT %s
    ) AS first
    ORDER BY in_title DESC, 1.0 + title_rank + {BODY_RANK} DESC, id DESC
"""  # noqa: S608 - constants
# The planner knows of no index for the function behind the operator: each of the few rows is looked at, rather than an
# index, which reads all hits of a common word.
FEW = f"""
    SELECT object_id::bigint, content_type_id FROM {TABLE}
    WHERE ts_match_vq(body, (SELECT %s::tsquery)) AND content_type_id = ANY(%s) AND ({{wanted}})
    ORDER BY {IN_TITLE} DESC, 1.0 + {TITLE_RANK} + {BODY_RANK} DESC, id DESC
"""  # noqa: S608 - constants
LATEST = f"""
    SELECT id, {{number}}, content_type_id, length(title) FROM {TABLE}
    WHERE content_type_id = ANY(%s) AND {{column}} @@ (SELECT %s::tsquery) AND id > %s AND {{number}} IN ({{keys}})
    ORDER BY id DESC LIMIT %s
"""  # noqa: S608 - constants


class Asked(NamedTuple):
    """A column, and the tsquery put to it."""

    column: str
    words: str


def ranked(asked: str, among: Among, most: int) -> list[Any]:
    """Give the keys and content types of what matches, the nearest first."""
    keys, values = among.keys
    statement = RANKED.format(number=among.number, keys=keys)
    return _rows(statement, [asked, asked, among.types, asked, *values, most, asked])


def few(asked: str, sets: Sequence[Among]) -> list[Any]:
    """Give the keys and content types of what matches in some small sets, the nearest first."""
    wanted, values, types = [], [], []
    for among in sets:
        keys, of_keys = among.keys
        own = among.types
        wanted.append(f"(content_type_id = ANY(%s) AND {among.number} IN ({keys}))")
        values += [own, *of_keys]
        types += own
    return _rows(FEW.format(wanted=" OR ".join(wanted)), [asked, types, *values, *[asked] * 3])


def latest(asked: Asked, among: Among, most: int, *, after: int = 0, types: Collection[int] = ()) -> list[Any]:
    """Give the rows of the index that match, the latest first: number, key, content type, length of the title."""
    keys, values = among.keys
    statement = LATEST.format(number=among.number, column=asked.column, keys=keys)
    own = among.types
    of_types = sorted(set(types).intersection(own)) if types else own
    return _rows(statement, [of_types, asked.words, after, *values, most])


def last_row() -> int:
    """Return the number of the row that was written last."""
    ((last,),) = _rows(f"SELECT max(id) FROM {TABLE}", [])  # noqa: S608 - a constant
    return int(last or 0)


def _rows(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
