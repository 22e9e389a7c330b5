"""What is written down when a page leaves the public, and when it comes back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.withdrawable import Leaving, WithdrawalKind
from ledger.changes import announce

from .identity import is_source
from .models import PageWithdrawal, PublicationRecord, RecordPage, StandardPage
from .register import record_replacement, record_withdrawal
from .withdrawing import note_leaving, note_return

if TYPE_CHECKING:
    from wagtail.models import Page


@note_leaving.register(RecordPage)
def note_in_register(page: RecordPage, leaving: Leaving) -> None:
    """Write it into the register; a translation has no row there."""
    if not is_source(page):
        return
    record_withdrawal(page, leaving)
    successor = record_of(leaving.to) if leaving.kind == WithdrawalKind.SUPERSEDED else None
    if successor is not None:
        record_replacement(page, successor)


@note_leaving.register(StandardPage)
def note_beside_page(page: StandardPage, leaving: Leaving) -> None:
    """Write it into the side table."""
    if is_source(page):
        row = PageWithdrawal.objects.filter(page=page.pk).first() or PageWithdrawal(page_id=page.pk)
        row.note_leaving(leaving, timezone.now())
        row.save()


@note_return.register(RecordPage)
def note_return_in_register(page: RecordPage, memory: dict[str, Any]) -> None:
    """Give the row back its date and its validity; its publication has just been noted."""
    kept: dict[str, Any] = {name: memory[name] for name in ("validity", "ended_by_id") if name in memory}
    if at := memory.get("last_published_at"):
        kept["last_published_at"] = datetime.fromisoformat(at)
    if kept:
        PublicationRecord.objects.filter(page=page.pk).update(**kept)
        announce(page)


def record_of(page: Page | None) -> PublicationRecord | None:
    """Return a page's row in the register."""
    return PublicationRecord.objects.filter(page=page.pk).first() if page is not None else None
