"""A bundle: several drafts that are submitted, approved, returned and published together or not at all."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState


class BundleState(models.TextChoices):
    """Where a bundle stands."""

    IN_REVIEW = "in_review", _("审核中")
    RETURNED = "returned", _("已退回")
    RECALLED = "recalled", _("已撤回")
    PUBLISHED = "published", _("已公开")


class Arrival(Enum):
    """What happens to a member that every tier has approved: it waits, it is the last one, or it goes out."""

    WAITS = "waits"
    LAST = "last"
    GOES = "goes"


class Bundle(models.Model):
    """What is published together. Each member goes through its own tiers; the last one to arrive lets all out."""

    title = models.CharField(_("批次名称"), max_length=100)
    reason = models.CharField(_("为什么要一起公开"), max_length=500)
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="bundles", verbose_name=_("单位")
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="bundles", verbose_name=_("提交人")
    )
    submitted_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    state = models.CharField(
        _("状态"), max_length=16, choices=BundleState.choices, default=BundleState.IN_REVIEW, db_index=True
    )
    finished_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    # Why it came back, in the reviewer's words.
    comment = models.TextField(_("退回意见"), blank=True)

    class Meta:
        verbose_name = _("批次")
        verbose_name_plural = _("批次")

    def __str__(self) -> str:
        return self.title

    def end(self, state: str, comment: str = "") -> None:
        """Let it end in a state."""
        self.state, self.comment, self.finished_at = state, comment, timezone.now()
        self.save(update_fields=["state", "comment", "finished_at"])


class BundleMember(models.Model):
    """One draft of a bundle, by the workflow it goes through."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="members", verbose_name=_("批次"))
    workflow_state = models.OneToOneField(
        WorkflowState, on_delete=models.CASCADE, related_name="bundle_member", verbose_name=_("审核流程")
    )
    title = models.CharField(_("标题"), max_length=255)
    # Every tier has approved it; it waits for the others.
    is_ready = models.BooleanField(_("已通过全部审核"), default=False)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("起草人"))

    class Meta:
        verbose_name = _("批次中的一件")
        verbose_name_plural = _("批次中的各件")

    def __str__(self) -> str:
        return self.title

    def arrive(self) -> Arrival:
        """Take note that every tier has approved this member. The bundle's row is locked: two arrive one by one."""
        bundle = Bundle.objects.select_for_update().get(pk=self.bundle_id)
        if bundle.state != BundleState.IN_REVIEW:
            return Arrival.GOES
        self.is_ready = True
        self.save(update_fields=["is_ready"])
        if bundle.members.filter(is_ready=False).exists():
            return Arrival.WAITS
        bundle.end(BundleState.PUBLISHED)
        return Arrival.LAST

    def let_the_others_out(self, user: Any) -> None:
        """Finish the workflows of those that waited for this one."""
        waiting = self.bundle.members.exclude(pk=self.pk).order_by("pk").select_related("workflow_state")
        for member in waiting:
            member.workflow_state.finish(user=user)
