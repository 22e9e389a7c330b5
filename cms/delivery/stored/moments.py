"""Has anything public changed since? For whoever keeps something of his own in the memory of a process."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from . import eras

QUERY = """
SELECT e.frame, e.content, e.settled, EXISTS (SELECT 1 FROM delivery_publicchange WHERE settled_at IS NULL)
FROM delivery_era e
"""


def quiet_moment() -> str | None:
    """Return a word that stays the same while nothing public changes; None while a change waits to be settled.

    Ask before the first row is read. None as well where changes are not noted (`STORED_READS`). One query.
    """
    if not settings.STORED_READS:
        return None
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        row = cursor.fetchone()
    if row is None or row[3]:
        return None
    return f"{eras.of_row(row[0], row[1])}.{row[2]}"
