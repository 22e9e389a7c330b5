"""One writer at a time in the tree: paths and numbers of children are computed from what was read before.

PostgreSQL lets two transactions read the same last child and write the same path; SQLite has one writer anyway.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

# Any number that nothing else uses.
KEY = 2_175_005
TREE_FIELDS = ["path", "depth", "numchild"]


def hold_the_tree(*nodes: Any) -> None:
    """Wait until no other transaction writes the tree, then read again where these nodes stand.

    Call it inside a transaction; the lock ends with it.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
    for node in nodes:
        if node.pk:
            node.refresh_from_db(fields=TREE_FIELDS)
