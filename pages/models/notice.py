"""公示公告: a time-bound notice with start, end and area."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from snippets.models import CatalogueEntry
from snippets.wording import same_in_every_language

from .alert import AlertMixin
from .disclosure import Keyword
from .record_page import Attachment, RecordPage

# Up to the head of the chain.
WIDE_TIERS = 3


class NoticeKind(models.TextChoices):
    """What a notice announces."""

    PLANNED_OUTAGE = "planned_outage", _("计划停供")
    EMERGENCY = "emergency", _("紧急抢修")
    TRAFFIC = "traffic", _("线路与道路调整")
    ENROLMENT = "enrolment", _("招生招考")
    RECRUITMENT = "recruitment", _("招聘")
    PROCUREMENT = "procurement", _("采购招标")
    PRICE = "price", _("价格调整")
    DISPLAY = "display", _("公示")
    GENERAL = "general", _("公告")


class NoticeState(models.TextChoices):
    """Where a notice stands in time."""

    AHEAD = "ahead", _("尚未开始")
    RUNNING = "running", _("进行中")
    OVER = "over", _("已结束")


class NoticeKeyword(ItemBase):
    """A keyword of a notice."""

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="notices")
    content_object = ParentalKey("pages.NoticePage", on_delete=models.CASCADE, related_name="keyword_items")


class NoticePage(AlertMixin, RecordPage):
    """One notice: outage, road closure, recruitment. Fulfils an entry of kind announcement when it names one."""

    column_type = "通知公告"
    page_description = _("有起止时间的通告，例如停水、停电、招聘、招生。")
    entry_is_required = False

    entry = models.ForeignKey(
        CatalogueEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("目录事项"),
        help_text=_("本公告履行目录中的哪一项；不属于目录事项的可留空。"),
    )
    kind = models.CharField(_("公告类别"), max_length=24, choices=NoticeKind.choices, default=NoticeKind.GENERAL)
    starts_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ends_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    area = models.CharField(_("影响范围"), max_length=255, blank=True, help_text=_("街道、小区、线路，越具体越好。"))
    division_codes = models.CharField(
        _("涉及的行政区划代码"), max_length=255, blank=True, help_text=_("用分号隔开；用于按地区筛选。")
    )
    reason = models.CharField(_("原因"), max_length=255, blank=True)
    contact_phone = models.CharField(_("咨询电话"), max_length=32, blank=True)
    tags = ClusterTaggableManager(through=NoticeKeyword, blank=True, verbose_name=_("关键词"))

    content_panels = [
        *RecordPage.checklist_panels,
        FieldPanel("kind"),
        *RecordPage.head_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel(
                            "starts_at",
                            help_text=_("须提前公告的从此时倒推，例如停水提前 24 小时（《城市供水条例》第二十二条）。"),
                        ),
                        FieldPanel("ends_at"),
                    ]
                ),
                FieldPanel("area"),
                FieldRowPanel([FieldPanel("reason"), FieldPanel("contact_phone"), FieldPanel("division_codes")]),
            ],
            heading=_("时间与范围"),
        ),
        AlertMixin.alert_panel,
        RecordPage.body_panel,
        *RecordPage.record_panels,
    ]

    search_fields = [
        *RecordPage.search_fields,
        index.SearchField("area"),
        index.SearchField("reason"),
        index.FilterField("kind"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    ]

    override_translatable_fields = [
        *RecordPage.override_translatable_fields,
        *same_in_every_language("contact_phone", "division_codes", "alert_scope", "alert_severity"),
    ]

    class Meta:
        verbose_name = _("公示公告")
        verbose_name_plural = _("公示公告")
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="notice_time"),
            models.Index(fields=["ends_at"], condition=~models.Q(alert_scope=""), name="notice_alert"),
        ]

    def clean(self) -> None:
        """Refuse an end before the start, and a banner that may not be."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("结束时间不能早于开始时间。")})
        if problems := self.alert_problems():
            raise ValidationError(problems)

    @property
    def is_urgent(self) -> bool:
        """Is this an emergency?"""
        return bool(self.kind == NoticeKind.EMERGENCY)

    @property
    def is_due_at_once(self) -> bool:
        """Without an entry an emergency is; with one the entry's rule decides, whatever the kind says.

        A banner on the pages of others waits for the head of the chain, however urgent it is.
        """
        if self.is_wide_alert:
            return False
        return super().is_due_at_once if self.entry_id else self.is_urgent

    @property
    def all_tiers(self) -> int:
        """Return the tiers; all there are for a banner on the pages of others."""
        return max(super().all_tiers, WIDE_TIERS if self.is_wide_alert else 1)

    def state_at(self, moment: datetime) -> str:
        """Say where the notice stands at a moment; a notice without times is always running."""
        if self.starts_at and moment < self.starts_at:
            return NoticeState.AHEAD
        if self.ends_at and moment > self.ends_at:
            return NoticeState.OVER
        return NoticeState.RUNNING

    @property
    def state(self) -> str:
        """Say where the notice stands now."""
        return self.state_at(timezone.now())

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the state in time."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["state"] = NoticeState(self.state)
        return context


class NoticeAttachment(Attachment):
    """A file of a notice."""

    page = ParentalKey(NoticePage, on_delete=models.CASCADE, related_name="attachments")
