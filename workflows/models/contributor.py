"""Who brought a text to its reviewers without having saved a version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Part(models.TextChoices):
    """What somebody did for it."""

    SUBMITTED = "submitted", _("提交")
    UPLOADED = "uploaded", _("上传所引文件")
    MADE = "made", _("建立或复制")


class Contributor(models.Model):
    """One person who does not decide on a subject, like its authors, until it is published.

    Written at each submission: who submits, who uploaded what the draft adds of files, who made or copied it.
    """

    # As Wagtail's revisions and workflow states name their object.
    base_content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("人员")
    )
    part = models.CharField(_("事项"), max_length=9, choices=Part.choices)
    # Published since: whoever brought that text may decide on the next one.
    is_used_up = models.BooleanField(_("已公开"), default=False)

    class Meta:
        verbose_name = _("参与人")
        verbose_name_plural = _("参与人")
        constraints = [
            models.UniqueConstraint(
                fields=["base_content_type", "object_id", "person", "part"], name="contributor_once_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_part_display()}"


def contributors_of(subject: Any) -> QuerySet[Contributor]:
    """Return who brought the text that is not public yet."""
    return Contributor.objects.filter(
        base_content_type=subject.get_base_content_type(), object_id=str(subject.pk), is_used_up=False
    )
