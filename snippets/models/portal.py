"""What the masthead and the footer say about the site (国办发〔2017〕47号: marks of a government site)."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site", order=900)
class PortalSettings(BaseSiteSetting):
    """Name, host, contact and statutory marks of one portal."""

    site_name = models.CharField(_("网站名称"), max_length=50, default="办事公开")
    site_name_en = models.CharField(_("网站英文名称"), max_length=100, default="Office Disclosure")
    site_subtitle = models.CharField(_("副标题"), max_length=50, default="公共企事业单位办事公开网", blank=True)
    site_subtitle_en = models.CharField(
        _("英文副标题"), max_length=100, default="Public enterprises and institutions", blank=True
    )
    seal_text = models.CharField(
        _("印文"), max_length=4, default="办事公开", validators=[RegexValidator(r"^.{4}$", _("印文须为四个字。"))]
    )
    host_name = models.CharField(_("主办单位"), max_length=100, blank=True)
    operator_name = models.CharField(_("承办单位"), max_length=100, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=32, blank=True)
    contact_hours = models.CharField(_("服务时间"), max_length=50, blank=True)
    site_code = models.CharField(
        _("网站标识码"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", _("网站标识码为 10 位数字。"))],
    )
    icp_number = models.CharField(_("ICP 备案号"), max_length=50, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=50, blank=True)
    is_sample = models.BooleanField(
        _("示例网站"), default=False, help_text=_("勾选后，每页顶端注明本站内容为演示而编写。")
    )
    index_number_scheme = models.CharField(
        _("索引号规则"),
        max_length=100,
        default="{organisation_code}/{year}-{serial:05d}",
        help_text=_("只影响今后首次公开的信息；已给出的索引号永不改变。"),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("site_name_en"),
                FieldPanel("site_subtitle"),
                FieldPanel("site_subtitle_en"),
                FieldPanel("seal_text"),
                FieldPanel("is_sample"),
            ],
            heading=_("名称"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("host_name"),
                FieldPanel("operator_name"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_hours"),
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
            ],
            heading=_("页脚标识"),
        ),
        FieldPanel("index_number_scheme"),
    ]

    class Meta:
        verbose_name = _("门户设置")
        verbose_name_plural = _("门户设置")

    @classmethod
    def shown_on(cls, site: Any) -> PortalSettings:
        """Return what is shown on a site: what was saved, or the defaults. Who reads writes nothing."""
        return cls.base_queryset().filter(site=site).first() or cls(site=site)
