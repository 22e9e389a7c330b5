"""A change of reference data that waits for a second person: what was posted, by whom, what it would change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    WAITING = "waiting", _("待复核")
    CONFIRMED = "confirmed", _("已生效")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")
    STALE = "stale", _("已失效")


class Proposal(models.Model):
    """What the public sees without being a page: the catalogue, industries, settings, redirects.

    They have no drafts. What a person posts is kept here as it was posted; a second person's word sends it again.
    """

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    title = models.CharField(_("内容"), max_length=255)
    # Where it was posted, and the form as it was posted: {name: [values]}.
    path = models.CharField(max_length=500)
    form = models.JSONField(default=dict)
    # What it would change: [{"row", "key", "act", "values": [[label, before, after]]}].
    changes = models.JSONField(default=list)
    state = models.CharField(
        _("状态"), max_length=9, choices=ProposalState.choices, default=ProposalState.WAITING, db_index=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("复核人")
    )
    decided_at = models.DateTimeField(_("复核时间"), null=True)
    comment = models.CharField(_("意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("变更申请")
        verbose_name_plural = _("变更申请")

    def __str__(self) -> str:
        return self.title
