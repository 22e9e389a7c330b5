"""The database itself refuses to change and to empty what was written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.models import Event, Seal
from ledger.sealing import seal_events
from tests.ledger.chains import happened, record_many

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only")


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "audit rows are only added" in str(error)
    return False


@pytest.fixture
def rows() -> None:
    """Seal three events."""
    record_many(3)
    seal_events()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET kind = 'other'",
        "UPDATE ledger_seal SET digest = ''",
        "DELETE FROM ledger_event",
        "DELETE FROM ledger_seal",
        pytest.param("TRUNCATE ledger_event", marks=ON_POSTGRESQL),
        pytest.param("TRUNCATE ledger_seal", marks=ON_POSTGRESQL),
        pytest.param("TRUNCATE ledger_event, ledger_seal CASCADE", marks=ON_POSTGRESQL),
    ],
)
def test_what_was_written_stays(rows, statement):
    assert is_refused(statement)
    assert (Event.objects.count(), Seal.objects.count()) == (3, 3)


def test_django_does_not_change_it_either(rows):
    event = Event.objects.latest("pk")
    event.kind = "other"

    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        Event.objects.all().delete()


@ON_POSTGRESQL
def test_saying_it_is_a_purge_deletes_nothing_that_is_younger_than_180_days(rows):
    happened(Event(kind="test.young"), timedelta(days=179))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL gongkai.purge = 'on'")

    assert is_refused("DELETE FROM ledger_event WHERE kind = 'test.young'")
    assert is_refused("UPDATE ledger_event SET kind = 'other'")


@ON_POSTGRESQL
def test_what_is_old_goes_only_in_a_purge():
    happened(Event(kind="test.old"), timedelta(days=181))

    assert is_refused("DELETE FROM ledger_event WHERE kind = 'test.old'")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL gongkai.purge = 'on'")
    assert not is_refused("DELETE FROM ledger_event WHERE kind = 'test.old'")
