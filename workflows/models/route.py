"""Which workflow serves how many tiers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Workflow


class ApprovalRoute(models.Model):
    """Which workflow serves how many tiers; written by the first migration."""

    tiers = models.PositiveSmallIntegerField(_("级数"), unique=True)
    workflow = models.OneToOneField(Workflow, on_delete=models.PROTECT, related_name="approval_route")

    class Meta:
        verbose_name = _("审核流程")
        verbose_name_plural = _("审核流程")

    def __str__(self) -> str:
        return f"{self.tiers}: {self.workflow}"
