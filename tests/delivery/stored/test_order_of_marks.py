"""Two that mark the same reads wait, and never for each other."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from cms.delivery.models import Dependency, StoredRead
from cms.delivery.stored import marking, settling
from cms.delivery.stored.marking import Mark
from ledger.changes import announce
from tests.judge.test_plans import planned, rows_read
from tests.server.site import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
MANY = """
INSERT INTO delivery_storedread (address, variant, wanted, is_fresh, era, path, lists, topics, headers)
SELECT '/' || g || '/', '', 1, true, '', '000100020001' || lpad(g::text, 4, '0'), '', '', '{}'
FROM generate_series(1, 9000) g
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def test_reads_are_marked_in_the_order_of_their_numbers(stored: Any) -> None:
    reads = [StoredRead.objects.create(address=f"/{number}/", is_fresh=True) for number in range(2)]
    # Whatever stands first in the table, or in an index, comes first where no order is asked for.
    for read in reversed(reads):
        Dependency.objects.create(read=read, topic="catalogue")
    StoredRead.objects.filter(pk=reads[0].pk).update(wanted=5)

    def mark() -> None:
        try:
            with transaction.atomic():
                marking.apply(Mark(topics=["catalogue"]))
        finally:
            connections.close_all()

    other = Thread(target=mark)
    with transaction.atomic():
        StoredRead.objects.select_for_update().get(pk=reads[0].pk)
        other.start()
        until(waiting)
        # It waits for the first of them, and holds none behind it.
        assert StoredRead.objects.select_for_update(nowait=True).filter(pk=reads[1].pk).exists()
    other.join()

    assert set(StoredRead.objects.values_list("is_fresh", "wanted")) == {(False, 6), (False, 2)}


def test_the_settler_takes_the_era_before_it_marks_as_a_change_of_everything_does(stored: Any) -> None:
    settling.count_objects()
    announce(topics={"catalogue"})

    with CaptureQueriesContext(connection) as asked:
        settling.settle()

    statements = [query["sql"] for query in asked]
    era = next(n for n, sql in enumerate(statements) if '"delivery_era"' in sql and "FOR UPDATE" in sql)
    marks = next(n for n, sql in enumerate(statements) if sql.startswith("UPDATE delivery_storedread"))
    assert era < marks


def test_marking_looks_at_no_more_reads_than_it_marks(stored: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("ANALYZE delivery_storedread")
    read = StoredRead.objects.get(address="/1/")
    Dependency.objects.create(read=read, topic="catalogue")
    StoredRead.objects.filter(address="/2/").update(lists="00010002")
    mark = Mark(branches=["0001000200010003"], above=["00010002"], topics=["catalogue"])

    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        marking.apply(mark)

    marked = StoredRead.objects.filter(is_fresh=False).values_list("address", flat=True)
    assert set(marked) == {"/1/", "/2/", "/3/"}
    (sql,) = [query["sql"] for query in asked if query["sql"].startswith("UPDATE delivery_storedread")]
    with connection.cursor() as cursor:
        assert rows_read(planned(cursor, sql)) < 100
