"""A link by which people without account read one version of a draft and say what they think of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

NAME_LENGTH, TEXT_LENGTH = 40, 2_000


class OutsideLinkQuerySet(models.QuerySet["OutsideLink"]):
    """Reads of the links."""

    def open_at(self, now: datetime) -> OutsideLinkQuerySet:
        """Return the links that lead somewhere."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class OutsideLink(models.Model):
    """One link to one version. The token itself is shown once and kept nowhere."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="outside_links", verbose_name=_("版本")
    )
    purpose = models.CharField(_("给谁看"), max_length=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("建立人")
    )
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    openings = models.PositiveIntegerField(_("打开次数"), default=0)
    opened_at = models.DateTimeField(_("最近打开"), null=True, blank=True)

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("征求意见链接")
        verbose_name_plural = _("征求意见链接")

    def __str__(self) -> str:
        return f"{self.revision.object_str} · {self.purpose}"

    @property
    def is_open(self) -> bool:
        """Does it lead somewhere now?"""
        return self.revoked_at is None and self.expires_at > timezone.now()


class OutsideComment(models.Model):
    """What somebody said: plain text, under the name he gave."""

    link = models.ForeignKey(
        OutsideLink, on_delete=models.CASCADE, related_name="comments", verbose_name=_("征求意见链接")
    )
    name = models.CharField(_("姓名或单位"), max_length=NAME_LENGTH)
    text = models.TextField(_("意见"), max_length=TEXT_LENGTH)
    written_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("外部意见")
        verbose_name_plural = _("外部意见")

    def __str__(self) -> str:
        return f"{self.name}：{self.text[:40]}"
