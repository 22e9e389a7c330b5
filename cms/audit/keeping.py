"""Verify the chain, write down the outcome, and raise the alarm when it is broken."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Appointment, Duty, User
from accounts.policies import PORTAL_DEPTH
from ledger.events import record
from ledger.letters import Message, write
from ledger.models import Event, Result
from ledger.verification import Verdict, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from ledger.verification import Anchor

logger = logging.getLogger(__name__)

VERIFIED = "audit.verified"


def verify_and_record(anchors: Sequence[Anchor] = ()) -> Verdict:
    """Verify the whole chain; the outcome is an event, a broken link a letter to the portal's auditors and a log."""
    verdict = verify(anchors)
    with transaction.atomic():
        record(
            VERIFIED,
            result=Result.DONE if verdict.holds else Result.FAILED,
            sequence=verdict.anchor.sequence,
            digest=verdict.anchor.digest,
            links=verdict.links,
            problem=verdict.problem,
        )
        if not verdict.holds:
            write(portal_auditors(), Message("audit.broken", _("审计链有断点"), verdict.problem, "/admin/audit/"))
    if not verdict.holds:
        logger.error("The chain of the audit is broken: %s", verdict.problem)
    return verdict


def portal_auditors() -> QuerySet[User]:
    """Return the auditors of the whole city."""
    held = Appointment.objects.filter(duty=Duty.AUDITOR, is_suspended=False, organisation__depth=PORTAL_DEPTH)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def last_verification() -> Event | None:
    """Return how the last verification ended."""
    return Event.objects.filter(kind=VERIFIED).order_by("-at", "-pk").first()
