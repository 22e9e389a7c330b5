"""Filters and sorting of the queue that a person keeps under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedQueue(models.Model):
    """A view of the queue: `query` is the end of its address. The default one opens with the queue."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_queues", verbose_name=_("人员")
    )
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("筛选与排序"), max_length=500)
    is_default = models.BooleanField(_("打开队列时使用"), default=False)

    class Meta:
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_queue_once"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(is_default=True), name="saved_queue_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name
