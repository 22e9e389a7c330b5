"""The audit: who reads it, who carries it away, who appoints its readers."""

from __future__ import annotations

from .asking import AUDITORS, NOBODY, OPERATORS, REACH, Row, people
from .world import PLACES

# Powers are not separated here: administrators read what happened below them, too.
READERS = AUDITORS | people(" ".join(PLACES), ["administrator"]) | OPERATORS
READERS_OF_OWN = AUDITORS | people(REACH, ["administrator"]) | OPERATORS
ABOVE = frozenset({"portal auditor"})
NEWCOMER = {"person": "newcomer 张三"}

ROWS = [
    Row("audit:events", (), READERS),
    Row("audit:event", ("event",), READERS_OF_OWN),
    *(Row("audit:export", (file_type,), READERS) for file_type in ("csv", "xlsx")),
    Row("audit:auditors", (), AUDITORS),
    Row("audit:auditors_at", ("below",), AUDITORS),
    Row("audit:auditors_at", ("below",), AUDITORS, post=NEWCOMER),
    Row("audit:auditors_at", ("own",), ABOVE),
    Row("audit:auditors_at", ("own",), ABOVE, post=NEWCOMER),
    Row("audit:auditors_at", ("portal",), NOBODY),
    Row("audit:auditors_at", ("beside",), ABOVE),
    Row("audit:change_auditor", ("own", "auditor appointment"), ABOVE, post={"act": "relieve"}),
    Row("audit:change_auditor", ("own", "appointment"), NOBODY, post={"act": "relieve"}),
    Row("audit:change_auditor", ("below", "auditor appointment"), NOBODY, post={"act": "relieve"}),
]
