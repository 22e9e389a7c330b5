"""What an organisation was last told by a nightly job: no letter says the same thing twice in a row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Told(models.Model):
    """Organisation × kind of report: a fingerprint of what the last letter said, and its day."""

    organisation = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    on = models.DateField()

    class Meta:
        verbose_name = _("已报告")
        verbose_name_plural = _("已报告")
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.kind} · {self.on}"
