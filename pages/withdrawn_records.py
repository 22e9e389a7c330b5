"""What disclosures and notices add to withdrawing: the register, a successor, and the end of a display."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.withdrawable import WithdrawalKind

from .expiry import DisplayedMixin
from .withdrawing import WithdrawablePageMixin

if TYPE_CHECKING:
    from collections.abc import Collection

    from wagtail.models import Page

    from .models import PublicationRecord


class WithdrawableRecordMixin(DisplayedMixin, WithdrawablePageMixin):
    """A record has its row in the register, and may be replaced by another."""

    pk: Any
    public_record: Any

    def _withdrawal_row(self, source: Any) -> PublicationRecord | None:
        found: PublicationRecord | None = getattr(source, "record", None)
        return found

    def _memory(self) -> dict[str, Any]:
        record = self.public_record
        return {"validity": record.validity, "ended_by_id": record.ended_by_id} if record else {}

    @property
    def withdrawal_kinds(self) -> Collection[str]:
        """One disclosure may replace another."""
        kinds = tuple(super().withdrawal_kinds)
        return (*kinds[:-1], WithdrawalKind.SUPERSEDED, WithdrawalKind.GONE) if len(kinds) > 1 else kinds

    def refuse_target(self, kind: str, target: Page) -> Any:
        """A successor is another disclosure or notice that is public."""
        if target.pk == self.pk:
            return _("不能选择本条信息自己。")
        if kind == WithdrawalKind.SUPERSEDED and getattr(target, "record", None) is None:
            return _("替代它的应是另一条公开信息或公告。")
        return super().refuse_target(kind, target)
