"""The chain is verified every night, and old events go only by an act that is written down."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ledger.models import Event, Letter, Result, Seal
from ledger.sealing import seal_events
from ledger.verification import verify
from tests.ledger.chains import happened, record_many, tamper

pytestmark = pytest.mark.django_db


def run(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out, no_color=True)
    return out.getvalue().strip()


def old_chain() -> None:
    """Seal three events that are old, then two of today."""
    for _number in range(3):
        event = happened(Event(kind="test.old"), timedelta(days=200))
        seal_events(everything=True)
        tamper("UPDATE ledger_seal SET sealed_at = %s WHERE event_id = %s", [event.at, event.pk])
    rebuild()
    record_many(2)
    seal_events()


def rebuild() -> None:
    """Compute the digests again, as they would be had the seals been set then."""
    from ledger.chain import BEGINNING, digest_of

    previous = BEGINNING
    for seal in Seal.objects.select_related("event").order_by("sequence"):
        previous = digest_of(seal, seal.event, previous)
        tamper("UPDATE ledger_seal SET digest = %s WHERE sequence = %s", [previous, seal.sequence])


def test_a_chain_in_order_is_told_with_its_anchor():
    record_many(2)
    seal_events()
    last = Seal.objects.get(sequence=2)

    assert run("verify_audit").endswith(f"核对 2 个事件，锚点 2:{last.digest}")
    assert run("verify_audit", "--print-anchor") == f"2:{last.digest}"
    assert run("verify_audit", "--anchor", f"2:{last.digest}")
    assert Event.objects.filter(kind="audit.verified", result=Result.DONE).count() == 3


def test_a_broken_chain_fails_and_the_auditors_of_the_city_are_told(town):
    (event,) = record_many(1)
    seal_events(everything=True)
    tamper("UPDATE ledger_event SET kind = 'other' WHERE id = %s", [event.pk])

    auditors = [town.auditor("portal"), town.auditor("water")]
    with pytest.raises(CommandError, match=f"编号 {event.pk}"):
        run("verify_audit")

    assert [letter.recipient for letter in Letter.objects.filter(kind="audit.broken")] == auditors[:1]
    assert Event.objects.get(kind="audit.verified").result == Result.FAILED


def test_an_anchor_must_be_one():
    with pytest.raises(CommandError, match="序号:摘要"):
        run("verify_audit", "--anchor", "abc")


def test_the_command_seals():
    record_many(2)

    assert run("seal_events") == "已封存 2 个事件。"
    assert run("seal_events") == ""


def test_old_events_go_and_the_chain_still_holds():
    old_chain()

    assert run("purge_audit", "--days", "180", "--reason", "存储到期") == "已清理 3 个事件。"

    assert not Event.objects.filter(kind="test.old").exists()
    assert Seal.objects.order_by("sequence").first().sequence == 4
    assert verify().holds
    seal_events()
    assert verify().links == 3
    purge = Event.objects.get(kind="audit.purged")
    assert (purge.data["sequence"], purge.data["events"], purge.data["reason"]) == (3, 3, "存储到期")


def test_a_beginning_cut_off_without_a_purge_is_named():
    old_chain()
    run("purge_audit", "--days", "180", "--reason", "存储到期")
    purge = Event.objects.get(kind="audit.purged")
    tamper("""UPDATE ledger_event SET data = '{"sequence": 2}' WHERE id = %s""", [purge.pk])

    assert "缺少第 1 号封存" in verify().problem


def test_nothing_younger_than_180_days_goes():
    old_chain()

    with pytest.raises(CommandError, match="至少留存 180 天"):
        run("purge_audit", "--days", "179", "--reason", "存储到期")
    assert run("purge_audit", "--days", "400", "--reason", "存储到期") == "没有早于 400 天的事件。"
    assert Event.objects.filter(kind="test.old").count() == 3


def test_a_purge_has_a_reason():
    with pytest.raises(CommandError, match="理由"):
        run("purge_audit", "--days", "180", "--reason", " ")


def test_a_broken_chain_is_not_purged():
    old_chain()
    tamper("UPDATE ledger_event SET kind = 'other' WHERE id = %s", [Event.objects.latest("pk").pk])

    with pytest.raises(CommandError, match="先查明再清理"):
        run("purge_audit", "--days", "180", "--reason", "存储到期")


def test_the_last_seal_stays():
    event = happened(Event(kind="test.old"), timedelta(days=200))
    seal_events(everything=True)
    tamper("UPDATE ledger_seal SET sealed_at = %s WHERE event_id = %s", [event.at, event.pk])
    rebuild()

    assert run("purge_audit", "--days", "180", "--reason", "存储到期") == "没有早于 180 天的事件。"


def test_the_first_auditor_comes_from_the_command(town):
    told = run("appoint_auditor", "shenji 审计一")

    assert "已任命审计一为" in told
    assert "初始密码" in told
    event = Event.objects.get(kind="people.appointed")
    assert (event.data["duty"], event.channel, event.organisation_id) == ("auditor", "command", town.portal.pk)


def test_without_a_portal_there_is_nobody_to_appoint():
    with pytest.raises(CommandError, match="还没有市门户"):
        run("appoint_auditor", "shenji 审计一")
