"""What can be taken back from the public: how it leaves, what its address answers then, and how it comes back.

Pages and service items share the mixin; the room of the workflows decides who may, and keeps the acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

REASON_LENGTH = 255


class WithdrawalKind(models.TextChoices):
    """What the address of something withdrawn answers."""

    NOTICE = "notice", _("撤下并保留原文")
    REDIRECTED = "redirected", _("转到其他页面")
    SUPERSEDED = "superseded", _("已由新的公开信息替代")
    GONE = "gone", _("撤下，不再提供")
    EXPIRED = "expired", _("公开期满")


# Nobody chooses this one: the clock does.
BY_THE_CLOCK = frozenset({WithdrawalKind.EXPIRED})
# The text can no longer be read under its own address.
WITHOUT_TEXT = frozenset({WithdrawalKind.REDIRECTED, WithdrawalKind.SUPERSEDED, WithdrawalKind.GONE})
WITH_TARGET = frozenset({WithdrawalKind.REDIRECTED, WithdrawalKind.SUPERSEDED})


@dataclass(frozen=True)
class Leaving:
    """How something leaves the public: what everybody is told, by which office, and where it leads."""

    kind: str
    reason: str = ""
    by: Page | None = None
    to: Page | None = None
    revision: Revision | None = None


class Withdrawn(models.Model):
    """Abstract: what the public is told of something that has left it. An empty kind: nothing has."""

    withdrawal_kind = models.CharField(_("撤下方式"), max_length=16, choices=WithdrawalKind.choices, blank=True)
    withdrawal_reason = models.CharField(_("撤回原因"), max_length=REASON_LENGTH, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("撤下单位")
    )
    withdrawn_to = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("转到")
    )
    # The version that was public: read under the notice, and restored by the review.
    withdrawn_revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("撤下的版本")
    )

    WITHDRAWAL_FIELDS: ClassVar[tuple[str, ...]] = (
        "withdrawal_kind",
        "withdrawal_reason",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_to",
        "withdrawn_revision",
    )

    class Meta:
        abstract = True

    def note_leaving(self, leaving: Leaving, at: datetime) -> None:
        """Write down how it left; the caller saves."""
        self.withdrawal_kind, self.withdrawal_reason = leaving.kind, leaving.reason[:REASON_LENGTH]
        self.withdrawn_at, self.withdrawn_by = at, leaving.by
        self.withdrawn_to, self.withdrawn_revision = leaving.to, leaving.revision

    def forget_leaving(self) -> None:
        """It is public again; the caller saves."""
        self.withdrawal_kind = self.withdrawal_reason = ""
        self.withdrawn_at = self.withdrawn_by = self.withdrawn_to = self.withdrawn_revision = None


class WithdrawableMixin:
    """What can be taken back. `live` and the revisions are Wagtail's."""

    live: bool
    live_revision: Revision | None

    @property
    def withdrawal(self) -> Withdrawn | None:
        """Return what the public is told; None while it is public, or where it never was."""
        raise NotImplementedError

    @property
    def withdrawal_kinds(self) -> Collection[str]:
        """Return the kinds that make sense for it."""
        return (WithdrawalKind.NOTICE, WithdrawalKind.REDIRECTED, WithdrawalKind.GONE)

    def refuse_target(self, kind: str, target: Page) -> Any:
        """Say why its address cannot lead there; None where it can."""
        return None if target.live else _("只能转到公开中的页面。")

    def leave_public(self, leaving: Leaving, user: Any = None) -> dict[str, Any]:
        """Take it out of the public, in the caller's transaction; return what `return_to_public` must know."""
        raise NotImplementedError

    def return_to_public(self, revision: Revision, memory: dict[str, Any], user: Any = None) -> None:
        """Make exactly this version public again, as it was, in the caller's transaction."""
        raise NotImplementedError


def public_revision(subject: Any) -> Revision:
    """Return the version that is public; what was loaded without one gets one, which no draft follows."""
    if subject.live_revision is not None:
        found: Revision = subject.live_revision
        return found
    made: Revision = Revision.objects.create(
        content_object=subject,
        base_content_type=subject.get_base_content_type(),
        object_str=str(subject),
        content=subject.serializable_data(),
    )
    return made
