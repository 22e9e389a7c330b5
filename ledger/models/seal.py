"""The seal of one event: its number in the chain, and a digest that rests on the digest before it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event import Event


class Seal(models.Model):
    """Stands beside the event, whose row never changes. Numbers run from 1 without a gap; rows are only ever added.

    Written by `ledger.sealing` alone, after the commit: a transaction that ends late, or never, holds up nobody.
    """

    sequence = models.BigIntegerField(_("序号"), primary_key=True)
    # Without a constraint, so that the seal stays to witness an event that somebody removed.
    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, db_constraint=False, related_name="seal", verbose_name=_("事件")
    )
    digest = models.CharField(_("摘要"), max_length=64)
    sealed_at = models.DateTimeField(_("封存时间"), default=timezone.now)

    class Meta:
        verbose_name = _("封存")
        verbose_name_plural = _("封存")

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"
