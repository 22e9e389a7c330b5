"""The fingerprint of what a revision would publish, kept beside it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class Fingerprint(models.Model):
    """The content hash of a revision, and whether it changed anything against the one before it.

    A revision without a row (written in bulk) counts as an edit.
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint", verbose_name=_("修订")
    )
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    is_edit = models.BooleanField(_("有改动"), default=True)

    class Meta:
        verbose_name = _("内容指纹")
        verbose_name_plural = _("内容指纹")

    def __str__(self) -> str:
        return self.content_hash
