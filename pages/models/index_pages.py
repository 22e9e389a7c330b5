"""Pages that list: industries, services, notices; and the standard page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.search import index

from blocks.fields import ContentStreamField
from blocks.story import plain_text
from snippets.models import Industry
from snippets.wording import same_in_every_language

from ..catalogue_routes import IndustryCatalogueRoutesMixin
from ..service_routes import ServiceRoutesMixin
from ..withdrawing import WithdrawablePageMixin
from .base import BasePage


class IndustryPage(IndustryCatalogueRoutesMixin, RoutablePageMixin, BasePage):
    """Lists the units of an industry or branch across the whole tree."""

    column_type = "办事服务"
    default_approval_tiers = 1
    has_feed = True

    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, related_name="pages", verbose_name=_("行业"))
    introduction = models.CharField(_("导语"), max_length=255, blank=True)

    notes = ContentStreamField(verbose_name=_("编制说明"), blank=True)

    content_panels = [
        *BasePage.screening_panels,
        FieldPanel("industry"),
        TitleFieldPanel("title", targets=[]),
        FieldPanel("introduction"),
        FieldPanel("notes"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.FilterField("industry")]

    override_translatable_fields = [*BasePage.override_translatable_fields, *same_in_every_language("industry")]

    class Meta:
        verbose_name = _("行业页")
        verbose_name_plural = _("行业页")

    def clean(self) -> None:
        """One page per industry and language; a branch's page stands under its sector's page."""
        super().clean()
        twins = IndustryPage.objects.filter(industry=self.industry_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.industry_id and twins.exists():
            raise ValidationError({"industry": _("这个行业已有页面。")})
        parent = self.get_parent() if self.path else None
        if not (parent and self.industry_id and self.industry.parent_id):
            return
        above = IndustryPage.objects.filter(pk=parent.pk).first()
        if above is None or above.industry_id != self.industry.parent_id:
            raise ValidationError({"industry": _("二级行业的页面应设在其一级行业的页面之下。")})


class ServiceIndexPage(ServiceRoutesMixin, RoutablePageMixin, BasePage):
    """The service hall: service items by class, industry and unit."""

    column_type = "办事服务"
    default_approval_tiers = 1
    subpage_types: list[str] = []

    introduction = models.CharField(_("导语"), max_length=255, blank=True)

    content_panels = [
        *BasePage.screening_panels,
        TitleFieldPanel("title", targets=[]),
        FieldPanel("introduction"),
    ]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("在线服务大厅")
        verbose_name_plural = _("在线服务大厅")


class NoticeIndexPage(BasePage):
    """Latest notices of the whole portal, by kind, area and time."""

    column_type = "通知公告"
    default_approval_tiers = 1
    subpage_types: list[str] = []

    introduction = models.CharField(_("导语"), max_length=255, blank=True)

    content_panels = [
        *BasePage.screening_panels,
        TitleFieldPanel("title", targets=[]),
        FieldPanel("introduction"),
    ]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("公告列表")
        verbose_name_plural = _("公告列表")


class StandardPageKind(models.TextChoices):
    """What a standard page is for; the footer links the first of each kind."""

    ABOUT = "about", _("关于本站")
    GUIDE = "guide", _("公开指南")
    RULES = "rules", _("法规标准")
    ACCESSIBILITY = "accessibility", _("无障碍说明")
    PRIVACY = "privacy", _("隐私说明")
    OTHER = "other", _("其他")


class StandardPage(WithdrawablePageMixin, BasePage):
    """About, guide, rules: text of the portal or of an organisation."""

    page_description = _("目录之外的说明文字，例如公开指南；不编索引号。")

    column_type = "信息公开指南"
    subpage_types: list[str] = []

    kind = models.CharField(_("用途"), max_length=16, choices=StandardPageKind.choices, default=StandardPageKind.OTHER)
    introduction = models.CharField(_("导语"), max_length=255, blank=True)

    body = ContentStreamField(verbose_name=_("正文"), blank=True)

    content_panels = [
        *BasePage.screening_panels,
        TitleFieldPanel("title", targets=[]),
        FieldPanel("kind"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("search_text"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("说明页")
        verbose_name_plural = _("说明页")

    @property
    def search_text(self) -> str:
        """Return the beginning of the body as plain text, for the search index."""
        return plain_text(self.body)[:2_000]
