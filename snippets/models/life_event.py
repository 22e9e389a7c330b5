"""人生事件: what happens in a life, and the service items one needs then. The grouping is the portal's."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..wording import in_language
from .service_item import ServiceItem


class LifeEvent(ClusterableModel):
    """One of them: being born, going to school, moving. What makes an item in it public is the item's own approval."""

    code = models.SlugField(_("代码"), max_length=64, unique=True)
    title = models.CharField(_("名称"), max_length=40)
    title_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    summary = models.CharField(_("一句话说明"), max_length=100, blank=True)
    summary_en = models.CharField(_("英文说明"), max_length=150, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    updated_at = models.DateTimeField(_("最近改动"), auto_now=True)

    class Meta:
        verbose_name = _("人生事件")
        verbose_name_plural = _("人生事件")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        """Return the title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def display_summary(self) -> str:
        """Return the one-line description in the language being read."""
        return in_language(self.summary, self.summary_en)


class LifeEventItem(Orderable):
    """An item in a life event, in the order in which one needs it."""

    event = ParentalKey(LifeEvent, on_delete=models.CASCADE, related_name="event_items", verbose_name=_("人生事件"))
    item = models.ForeignKey(
        ServiceItem, on_delete=models.CASCADE, related_name="event_items", verbose_name=_("在线服务项目")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("所含服务")
        verbose_name_plural = _("所含服务")
        constraints = [models.UniqueConstraint(fields=["event", "item"], name="life_event_item_once")]

    def __str__(self) -> str:
        return str(self.item)

    def clean(self) -> None:
        """Refuse a translation: what is grouped is the item itself, in every language."""
        super().clean()
        if self.item_id and self.item.locale.language_code != settings.LANGUAGE_CODE:
            raise ValidationError({"item": _("请选简体中文的服务项目，译文随它。")})
