"""Our own screens: approval, the clerk's tools."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from .asking import EVERYBODY, INSIDE, NOBODY, OPERATORS, PORTAL_ADMINISTRATORS, STAFF, WRITERS, Row, people
from .world import World

OWN_REVIEWER, OWN_EDITOR = people("own", ["reviewer"]), people("own", ["editor"])
FOUNDERS = people("own above portal", ["administrator"]) | OPERATORS


def spreadsheet(world: World) -> Any:
    return {"file": SimpleUploadedFile("rows.xlsx", b"no spreadsheet")}


def founding(world: World) -> Any:
    return {"title": "新小学", "industry": world.things["industry"].pk, "editor": "newcomer 张三", "reviewer": ""}


RETURNED = {"action": "reject", "comment": "缺文号", "reason": "incomplete"}


def held(world: World) -> Any:
    return {"action": "hold", "until": (localdate() + timedelta(days=3)).isoformat(), "text": "等批复"}


DAY_OFF = {"action": "name", "day": "2026-12-31", "kind": "off"}
LIMITS = {"first_days": "2", "second_days": "2", "third_days": "3", "claim_hours": "4"}


APPROVAL = [
    Row("approval:queue", (), INSIDE),
    Row("approval:item", ("waiting state",), OWN_REVIEWER),
    Row("approval:item", ("waiting state",), OWN_REVIEWER, post={"action": "approve", "comment": ""}),
    Row("approval:item", ("waiting state",), OWN_REVIEWER, post=RETURNED),
    Row("approval:item", ("waiting state",), OWN_REVIEWER, post={"action": "claim"}),
    Row("approval:item", ("waiting state",), OWN_REVIEWER, post=held),
    Row("approval:item", ("waiting state",), NOBODY, post={"action": "transfer", "to": "office:0", "text": "不熟悉"}),
    Row("approval:item", ("waiting state",), NOBODY, post={"action": "resume"}),
    Row("approval:item", ("item state",), OWN_REVIEWER),
    Row("approval:item", ("item state",), OWN_REVIEWER, post=RETURNED),
    Row("approval:recall", ("waiting workflow",), OWN_EDITOR),
    Row("approval:recall", ("waiting workflow",), OWN_EDITOR, post={}),
    Row("approval:recall", ("item workflow",), OWN_EDITOR, post={}),
]

EDITING = [
    Row("editing:copy", ("draft",), WRITERS, post={}),
    Row("editing:copy", ("live",), WRITERS, post={}),
    Row("editing:copy", ("own",), NOBODY, post={}),
    Row("editing:copy", ("draft",), NOBODY),
    Row("editing:sheet", ("own",), WRITERS),
    Row("editing:import", ("own",), WRITERS),
    Row("editing:import", ("own",), NOBODY, post=spreadsheet),
    Row("editing:import_confirm", ("own",), NOBODY, post={}),
    Row("editing:import_confirm", ("own",), NOBODY),
    Row("editing:found", ("own",), FOUNDERS),
    Row("editing:found", ("own",), FOUNDERS, post=founding),
    Row("editing:found", ("below",), NOBODY),
]

# Proposed by a person of the portal who is none of these.
COUNTERSIGNING = [
    Row("countersigning:list", (), PORTAL_ADMINISTRATORS),
    Row("countersigning:proposal", ("proposal",), PORTAL_ADMINISTRATORS),
    Row("countersigning:proposal", ("proposal",), PORTAL_ADMINISTRATORS, post={"act": "confirm"}, finishes=True),
    Row("countersigning:proposal", ("proposal",), PORTAL_ADMINISTRATORS, post={"act": "refuse", "comment": "不对"}),
    Row("countersigning:proposal", ("proposal",), NOBODY, post={"act": "withdraw"}),
    # Numbers of subscriptions, for whoever answers for the portal.
    Row("subscription_counts", (), PORTAL_ADMINISTRATORS),
]

CALENDAR = [
    Row("snippets_calendar", (), STAFF),
    Row("snippets_calendar", (2026,), STAFF),
    Row(
        "snippets_calendar", (2026,), PORTAL_ADMINISTRATORS, post={"action": "name", "day": "2026-12-31", "kind": "off"}
    ),
    Row("snippets_calendar", (2026,), PORTAL_ADMINISTRATORS, post={"action": "forget", "day": "2026-10-01"}),
    Row("snippets_calendar", (2010,), PORTAL_ADMINISTRATORS, post={"action": "fill"}),
    Row("wagtailsettings:edit", ("workflows", "approvallimits", "site"), PORTAL_ADMINISTRATORS),
    Row("wagtailsettings:edit", ("workflows", "approvallimits", "site"), PORTAL_ADMINISTRATORS, post=LIMITS),
]

PROBES = [Row("healthz", (), EVERYBODY), Row("readyz", (), EVERYBODY)]

ROWS = [*APPROVAL, *CALENDAR, *EDITING, *COUNTERSIGNING, *PROBES]
