"""The days on which offices work other than Monday to Friday, as the State Council names them each autumn."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class CalendarDay(models.Model):
    """A day off in the week, or a make-up workday at the weekend; a day without a row counts Monday to Friday."""

    day = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(
        _("上班"), default=False, help_text=_("勾选＝调休上班的周末；不勾选＝放假的工作日。")
    )
    note = models.CharField(_("说明"), max_length=50, blank=True, help_text=_("例如：春节、国庆节调休。"))

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("is_workday")]), FieldPanel("note")]

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {_('上班') if self.is_workday else _('放假')}"
