"""One sequencer numbers and seals what has been committed; nothing is lost, nothing is sealed twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ledger.chain import BEGINNING, digest_of
from ledger.events import record
from ledger.models import Event, Seal
from ledger.sealing import BATCH, LOCK, seal_events
from ledger.verification import verify
from tests.ledger.chains import happened, record_many

# Whoever changes what is hashed breaks every chain there is.
DIGEST = "2128646505445f43f89c36ef9191cd2db3ae7f2b75164ca6c34fc3d7cc6e4df8"
ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only")


@pytest.mark.django_db
def test_numbers_run_from_one_without_a_gap():
    record_many(3)

    assert (seal_events(), seal_events()) == (3, 0)

    record_many(2)
    seal_events()
    assert list(Seal.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_a_seal_rests_on_the_one_before_it():
    record_many(2)

    seal_events()

    first, second = Seal.objects.select_related("event").order_by("sequence")
    assert first.digest == digest_of(first, first.event, BEGINNING)
    assert second.digest == digest_of(second, second.event, first.digest)


@pytest.mark.django_db
def test_more_than_a_batch_is_sealed_at_once():
    Event.objects.bulk_create(Event(kind="test.done") for _ in range(BATCH + 1))

    assert seal_events() == BATCH + 1
    assert verify().holds


@pytest.mark.django_db
def test_what_is_sealed_is_the_same_in_every_database(clock):
    event = Event.objects.create(
        pk=7_000_001,
        kind="test.done",
        actor_name="张三",
        address="2001:db8::1",
        before={"甲": 1e5, "b": [0.1, -0.0, 2**60]},
        data={"二": "\U0001f512", "一": None},
    )

    seal_events()

    assert Seal.objects.get(event=event).digest == DIGEST


@pytest.mark.django_db
def test_numbers_lost_with_a_transaction_leave_no_gap():
    record("test.done")
    with transaction.atomic():
        record("test.undone")
        transaction.set_rollback(True)
    record("test.done")

    seal_events()

    assert list(Seal.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_an_event_that_is_committed_late_is_sealed_behind_the_others():
    happened(Event(kind="test.late"), timedelta(hours=20))
    seal_events()
    later = happened(Event(kind="test.later"), timedelta(hours=23))

    seal_events()

    assert Seal.objects.get(event=later).sequence == 2


@pytest.mark.django_db
def test_what_the_sequencer_no_longer_looks_for_is_sealed_when_asked():
    record("test.done")
    seal_events()
    forgotten = happened(Event(kind="test.forgotten"), timedelta(days=9))

    assert seal_events() == 0
    assert seal_events(everything=True) == 1
    assert forgotten.seal.sequence == 2


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_with_an_earlier_number_holds_up_nobody():
    begun, finish = threading.Event(), threading.Event()

    def work_slowly():
        with transaction.atomic():
            record("test.slow")
            begun.set()
            finish.wait(10)
        connection.close()

    slow = threading.Thread(target=work_slowly)
    slow.start()
    begun.wait(10)
    quick = record("test.quick")

    sealed_meanwhile = seal_events()
    finish.set()
    slow.join()
    seal_events()

    earlier = Event.objects.get(kind="test.slow")
    assert sealed_meanwhile == 1
    assert earlier.pk < quick.pk
    assert (quick.seal.sequence, earlier.seal.sequence) == (1, 2)
    assert verify().holds


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_second_sequencer_returns_at_once():
    record("test.done")
    locked, release = threading.Event(), threading.Event()

    def seal_slowly():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            locked.set()
            release.wait(10)
        connection.close()

    first = threading.Thread(target=seal_slowly)
    first.start()
    locked.wait(10)

    sealed_meanwhile = seal_events()
    release.set()
    first.join()

    assert sealed_meanwhile == 0
    assert seal_events() == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_write_and_many_who_seal_lose_nothing_and_double_nothing():
    failures: list[BaseException] = []

    def act(number):
        try:
            for turn in range(15):
                with transaction.atomic():
                    record("test.done", number=number, turn=turn)
                    if turn % 5 == 4:
                        transaction.set_rollback(True)
                seal_events()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_events()

    sequences = list(Seal.objects.order_by("sequence").values_list("sequence", flat=True))
    assert failures == []
    assert sequences == list(range(1, 6 * 12 + 1))
    assert verify().links == Event.objects.count() == 6 * 12
    assert verify().holds
