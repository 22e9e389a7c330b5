"""On PostgreSQL the application's role reads and adds; another role owns."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from cms.audit.checks import check_audit_owner
from cms.audit.purging import purge
from ledger.events import record
from ledger.models import Event, Seal
from ledger.sealing import seal_events
from ledger.verification import verify
from tests.audit.test_keeping import rebuild
from tests.ledger.chains import happened, tamper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only"),
]
APP, OWNER = "gongkai_app", "gongkai_audit"


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def psql(*arguments: str) -> None:
    """Run psql on the database of this run."""
    given = connection.settings_dict
    where = ["-h", given["HOST"] or given["OPTIONS"].get("host", ""), "-U", given["USER"], "-d", given["NAME"]]
    if given["PORT"]:
        where += ["-p", str(given["PORT"])]
    subprocess.run(["psql", "-q", "-X", *where, *arguments], check=True, capture_output=True)


@pytest.fixture
def roles() -> Iterator[None]:
    """Give the database to an application role, then the audit to its owner, as an operator does."""
    execute(f"CREATE ROLE {APP} LOGIN")
    execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP}")
    execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {APP}")
    execute(f"ALTER SCHEMA public OWNER TO {APP}")
    for table in ("ledger_event", "ledger_seal"):
        execute(f"ALTER TABLE {table} OWNER TO {APP}")
    for _turn in range(2):
        psql("-v", f"app={APP}", "-v", f"owner={OWNER}", "-f", str(settings.BASE_DIR / "deploy" / "audit-owner.sql"))
    yield
    for role in (APP, OWNER):
        execute(f"REASSIGN OWNED BY {role} TO CURRENT_USER")
        execute(f"DROP OWNED BY {role}")
        execute(f"DROP ROLE {role}")


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Work as a role."""
    execute(f"SET SESSION AUTHORIZATION {role}")
    try:
        yield
    finally:
        execute("RESET SESSION AUTHORIZATION")


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            execute(statement)
    except DatabaseError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


def test_the_application_writes_seals_and_verifies(roles):
    with acting_as(APP):
        record("test.done")
        sealed = seal_events()
        verdict = verify()

    assert (sealed, verdict.holds) == (1, True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET kind = 'other'",
        "DELETE FROM ledger_event",
        "DELETE FROM ledger_seal",
        "TRUNCATE ledger_event",
        "DROP TABLE ledger_event",
        "DROP TABLE ledger_seal",
        "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
        "DROP TRIGGER ledger_event_rows_stay ON ledger_event",
        "DROP FUNCTION ledger_rows_are_only_added() CASCADE",
        "ALTER TABLE ledger_seal ADD COLUMN more integer",
        "SET LOCAL session_replication_role = replica",
        f"SET ROLE {OWNER}",
        f"GRANT ALL ON ledger_event TO {APP}; UPDATE ledger_event SET kind = 'other'",
    ],
)
def test_the_application_changes_nothing(roles, statement):
    record("test.done")

    with acting_as(APP):
        assert is_refused(statement)


def test_the_application_does_not_purge_and_the_owner_does(roles):
    event = happened(Event(kind="test.old"), timedelta(days=200))
    seal_events(everything=True)
    tamper("UPDATE ledger_seal SET sealed_at = %s WHERE event_id = %s", [event.at, event.pk])
    rebuild()
    record("test.done")
    seal_events()

    with acting_as(APP), pytest.raises(DatabaseError, match="permission denied"):
        purge(days=180, reason="存储到期")
    with acting_as(OWNER):
        assert purge(days=180, reason="存储到期") == 1
        assert is_refused_by_trigger("DELETE FROM ledger_event")

    assert verify().holds
    assert Seal.objects.count() == 1


def is_refused_by_trigger(statement: str) -> bool:
    try:
        with transaction.atomic():
            execute(statement)
    except DatabaseError as error:
        return "only added" in str(error)
    return False


def test_the_deploy_check_asks_whether_the_application_could_change_the_audit(roles):
    assert [message.id for message in check_audit_owner(["default"])] == ["gongkai.W051"]
    with acting_as(APP):
        assert check_audit_owner(["default"]) == []
