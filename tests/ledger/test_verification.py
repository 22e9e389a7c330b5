"""The verification names the first broken link, whatever was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.models import Event, Seal
from ledger.sealing import seal_events
from ledger.verification import Anchor, verify
from tests.ledger.chains import happened, record_many, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> list[Event]:
    """Seal five events."""
    events = record_many(5, before={"state": "旧"}, after={"state": "新"})
    seal_events()
    return events


def test_a_chain_nobody_touched_holds(chain):
    last = Seal.objects.get(sequence=5)

    verdict = verify()

    assert (verdict.holds, verdict.links, str(verdict.anchor)) == (True, 5, f"5:{last.digest}")


def test_no_events_are_a_chain_too():
    assert verify().holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-01-01 00:00:00+00:00"),
        ("kind", "test.other"),
        ("result", "refused"),
        ("actor_id", 1),
        ("actor_name", "他人"),
        ("address", "192.0.2.1"),
        ("channel", "web"),
        ("subject_type", "pages.unitpage"),
        ("subject_id", "1"),
        ("subject_title", "别的"),
        ("organisation_id", 1),
        ("before", '{"state": "改"}'),
        ("after", '{"state": "改"}'),
        ("data", '{"number": 9}'),
    ],
)
def test_a_changed_row_is_named(chain, column, value):
    tamper(f"UPDATE ledger_event SET {column} = %s WHERE id = %s", [value, chain[2].pk])

    verdict = verify()

    assert (verdict.links, verdict.anchor.sequence) == (2, 2)
    assert f"第 3 号对不上：事件（编号 {chain[2].pk}）" in verdict.problem


@pytest.mark.parametrize(
    ("column", "value"), [("digest", "f" * 64), ("sealed_at", "2026-01-01 00:00:00+00:00"), ("event_id", 7_000_000)]
)
def test_a_changed_seal_is_named(chain, column, value):
    tamper(f"UPDATE ledger_seal SET {column} = %s WHERE sequence = %s", [value, 3])

    verdict = verify()

    assert not verdict.holds
    assert "第 3 号" in verdict.problem


def test_a_missing_event_is_named(chain):
    tamper("DELETE FROM ledger_event WHERE id = %s", [chain[3].pk])

    assert verify().problem == f"第 4 号封存的事件（编号 {chain[3].pk}）不见了。"


def test_a_missing_number_is_named(chain):
    tamper("DELETE FROM ledger_seal WHERE sequence = %s", [3])

    assert verify().problem == "缺少第 3 号封存，其后是第 4 号。"


def test_a_missing_beginning_is_named(chain):
    tamper("DELETE FROM ledger_seal WHERE sequence = %s", [1])

    assert verify().problem == "缺少第 1 号封存，其后是第 2 号。"


def test_an_event_that_was_smuggled_in_is_named(chain):
    smuggled = happened(Event(kind="test.smuggled"), timedelta(days=30))

    seal_events()

    assert f"事件（编号 {smuggled.pk}）没有封存" in verify().problem


def test_what_happened_just_now_may_still_wait_for_its_seal(chain):
    record_many(1)

    assert verify().holds


def test_an_end_that_was_cut_off_is_found_by_the_anchor_kept_elsewhere(chain):
    anchor = verify().anchor
    tamper("DELETE FROM ledger_seal WHERE sequence = %s", [5])
    tamper("DELETE FROM ledger_event WHERE id = %s", [chain[4].pk])

    assert verify().holds
    assert "链条只到第 4 号" in verify([anchor]).problem


def test_a_chain_that_was_made_anew_is_found_by_the_anchor_kept_elsewhere(chain):
    anchor = Anchor(5, Seal.objects.get(sequence=5).digest)
    tamper("DELETE FROM ledger_seal WHERE sequence = %s", [5])
    seal_events()

    assert verify().holds
    assert "第 5 号与另存的锚点不同" in verify([anchor]).problem


def test_an_anchor_that_fits_is_no_news(chain):
    anchors = [Anchor(seal.sequence, seal.digest) for seal in Seal.objects.all()]

    assert verify(anchors).holds


@pytest.mark.parametrize("written", ["", "5", "x:" + "a" * 64, "5:abc"])
def test_an_anchor_that_is_none_is_refused(written):
    with pytest.raises(ValueError, match=written or "^$"):
        Anchor.parse(written)


def test_a_long_chain_costs_two_queries_for_a_thousand_links(chain, django_assert_max_num_queries):
    record_many(40)
    seal_events()

    with django_assert_max_num_queries(6):
        assert verify().links == 45
