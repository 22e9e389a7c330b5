"""The inbox: each his own."""

from __future__ import annotations

from .asking import NOBODY, STAFF, Row, people

OWN_REVIEWER = people("own", ["reviewer"])

INBOX = [
    Row("inbox:inbox", (), STAFF),
    Row("inbox:letter", ("letter",), OWN_REVIEWER),
    Row("inbox:read", (), STAFF, post={}),
    Row("inbox:read", (), NOBODY),
]

ROWS = [*INBOX]
