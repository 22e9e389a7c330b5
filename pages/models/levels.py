"""The four levels of the tree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Site

from blocks.writing import written_date
from rules.divisions import codes_in, odd_parts
from snippets.wording import same_in_every_language

from ..catalogue_routes import RosterRoutesMixin
from ..industry_templates import FALLBACK_PAGE_TYPE as FALLBACK_PAGE_TYPE
from ..levels import Level
from .organisation import OrganisationPage


class CityPortalPage(RosterRoutesMixin, OrganisationPage):
    """市门户: the root of one city, run by the disclosure office."""

    level: ClassVar[str] = Level.PORTAL
    default_approval_tiers = 1

    headline = models.CharField(
        _("首页大标题"), max_length=60, blank=True, help_text=_("一句话说明在这里能查到什么；可用 | 换行。")
    )
    popular_searches = models.CharField(_("大家在搜"), max_length=150, blank=True, help_text=_("用分号隔开。"))

    content_panels = [
        *OrganisationPage.identity_panels,
        FieldPanel("headline"),
        FieldPanel("popular_searches"),
        *OrganisationPage.contact_panels,
    ]

    class Meta:
        verbose_name = _("市门户")
        verbose_name_plural = _("市门户")


class DistrictPage(OrganisationPage):
    """区市县: a district or county government."""

    level: ClassVar[str] = Level.DISTRICT

    class Meta:
        verbose_name = _("区市县")
        verbose_name_plural = _("区市县")


class OfficeKind(models.TextChoices):
    """What kind of supervising office it is."""

    DEPARTMENT = "department", _("主管部门")
    SUBDISTRICT = "subdistrict", _("街道")
    TOWN = "town", _("镇")
    TOWNSHIP = "township", _("乡")


class DepartmentPage(OrganisationPage):
    """行业主管部门, or a street or town office: supervises units, under the city or under a district."""

    level: ClassVar[str] = Level.DEPARTMENT

    office_kind = models.CharField(
        _("机构类型"), max_length=16, choices=OfficeKind.choices, default=OfficeKind.DEPARTMENT
    )

    content_panels = [
        *OrganisationPage.identity_panels,
        FieldPanel("office_kind"),
        FieldPanel("industry", help_text=_("主管的行业。")),
        *OrganisationPage.contact_panels,
    ]

    class Meta:
        verbose_name = _("行业主管部门")
        verbose_name_plural = _("行业主管部门")


class UnitPage(OrganisationPage):
    """公共企事业单位. Industry templates subclass it with the typed fields their readers ask for."""

    level: ClassVar[str] = Level.UNIT
    schema_type: ClassVar[str] = "Organization"
    # Names of the typed fields, in reading order; the API shows them as `profile`, the public page as facts.
    profile_fields: ClassVar[tuple[str, ...]] = ()
    profile_panels: ClassVar[list[Any]] = []

    service_divisions = models.CharField(
        _("服务范围的行政区划代码"),
        max_length=500,
        blank=True,
        help_text=_("区划代码（6、9 或 12 位），用分号隔开，例如 210202；210203008。居民按住址查询用它。"),
    )
    # Typed values of a removed plugin, kept as they were: {"page_type": …, "values": {…}}.
    sealed_profile = models.JSONField(_("已封存的行业字段"), null=True, blank=True, editable=False)

    content_panels = [
        *OrganisationPage.identity_panels,
        FieldPanel("industry", help_text=_("二级行业；决定公开目录。")),
        FieldPanel("service_divisions"),
        *OrganisationPage.contact_panels,
    ]
    override_translatable_fields = [
        *OrganisationPage.override_translatable_fields,
        *same_in_every_language("service_divisions"),
    ]

    class Meta:
        verbose_name = _("公共企事业单位")
        verbose_name_plural = _("公共企事业单位")

    def clean(self) -> None:
        """Refuse what is no code among the divisions served."""
        super().clean()
        if odd := odd_parts(self.service_divisions):
            words = _("“%(odd)s”不是区划代码，应为 6、9 或 12 位数字，用分号隔开。") % {"odd": "、".join(odd[:5])}
            raise ValidationError({"service_divisions": words})

    @property
    def service_division_codes(self) -> list[str]:
        """Return the codes of the divisions served, one by one."""
        return codes_in(self.service_divisions)

    @property
    def catalogue_code(self) -> str:
        """Return the catalogue of the unit's branch."""
        return self.industry.catalogue_code if self.industry else "generic"

    @property
    def profile(self) -> dict[str, Any]:
        """Return the typed fields by name."""
        return {name: getattr(self, name) for name in self.profile_fields}

    @property
    def profile_facts(self) -> list[tuple[str, str]]:
        """Return label and text of the typed fields that are filled in."""
        facts = []
        for name in self.profile_fields:
            field = self._meta.get_field(name)
            text = _shown(self, field)
            if text:
                facts.append((str(field.verbose_name), text))
        return facts


def _shown(page: UnitPage, field: Any) -> str:
    """Write a typed value as people read it; a template that knows better has a `get_<name>_display`."""
    value = getattr(page, field.name)
    if value in (None, "", []):
        return ""
    if display := getattr(page, f"get_{field.name}_display", None):
        return str(display())
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, date):
        return written_date(value)
    if isinstance(value, Decimal):
        whole, _point, rest = f"{value:f}".partition(".")
        return ".".join(filter(None, [whole, rest.rstrip("0")]))
    if isinstance(value, list | tuple):
        return str(_("、")).join(map(_written, value))
    # Years have four digits and no comma.
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)


def portal_of(site: Site) -> CityPortalPage | None:
    """Return the portal of a site in its source language."""
    return CityPortalPage.objects.filter(pk=site.root_page_id).first()
