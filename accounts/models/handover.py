"""The handover: what one person answered for, another answers for from now on."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Handover(models.Model):
    """One act of handing over: of one organisation, or (`organisation` empty) of all. `moved` counts what went."""

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handovers_given", verbose_name=_("移交人")
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handovers_taken", verbose_name=_("接收人")
    )
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("单位")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"), default=timezone.now)
    moved = models.JSONField(_("移交内容"), default=dict)

    class Meta:
        verbose_name = _("工作移交")
        verbose_name_plural = _("工作移交")

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker} · {timezone.localdate(self.at)}"


class HandedItem(models.Model):
    """A draft or something in review that the giver wrote or submitted and the taker answers for.

    History keeps the giver's name. The taker recalls it, gets it back when it is returned, and does not approve it.
    Of one object, each giver has one taker: who passes it on changes the row.
    """

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handed_items")
    # As Wagtail's revisions and workflow states name their object.
    base_content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("移交事项")
        verbose_name_plural = _("移交事项")
        constraints = [
            models.UniqueConstraint(fields=["base_content_type", "object_id", "giver"], name="handed_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}: {self.base_content_type} {self.object_id}"
