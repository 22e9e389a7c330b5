"""The inbox, each his own; drafts that are shown outside; approval sheets."""

from __future__ import annotations

from .asking import AUDITORS, EVERYBODY, NOBODY, REACHING, STAFF, WRITERS, Row, people

OWN_REVIEWER = people("own", ["reviewer"])
LINK = {"purpose": "市司法局", "days": "7"}

INBOX = [
    Row("inbox:inbox", (), STAFF | AUDITORS),
    Row("inbox:letter", ("letter",), OWN_REVIEWER),
    Row("inbox:read", (), STAFF | AUDITORS, post={}),
    Row("inbox:read", (), NOBODY),
]

OUTSIDE = [
    Row("approval:outside", ("draft revision",), WRITERS),
    Row("approval:outside", ("draft revision",), WRITERS, post=LINK),
    Row("approval:outside", ("waiting revision",), WRITERS | OWN_REVIEWER),
    Row("approval:outside", ("waiting revision",), WRITERS | OWN_REVIEWER, post=LINK),
    Row("approval:outside_revoke", ("draft revision", "outside link"), WRITERS, post={}),
    # A link of another draft.
    Row("approval:outside_revoke", ("waiting revision", "outside link"), NOBODY, post={}),
    Row("approval:outside_revoke", ("draft revision", "outside link"), NOBODY),
    # Whoever has the link.
    Row("outside:draft", ("token",), EVERYBODY),
    Row("outside:file", ("token", "document"), NOBODY),
]

SHEETS = [
    Row(f"approval:{name}", (workflow,), REACHING)
    for name in ("sheet", "sheet_pdf")
    for workflow in ("waiting workflow", "item workflow")
]

ROWS = [*INBOX, *OUTSIDE, *SHEETS]
