"""The organisation: what portal, district, department and unit share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from rules.credit_code import CreditCodeError, check_credit_code
from snippets.models import Industry
from snippets.wording import same_in_every_language

from .. import levels
from ..catalogue_routes import CatalogueRoutesMixin
from ..district_names import names_of_district
from .base import BasePage

if TYPE_CHECKING:
    from accounts.tiers import Tier

# A division code begins with that of the district.
DISTRICT_DIGITS = 6
LATITUDE = (MinValueValidator(-90), MaxValueValidator(90))
LONGITUDE = (MinValueValidator(-180), MaxValueValidator(180))


class OrganisationPage(CatalogueRoutesMixin, RoutablePageMixin, BasePage):
    """The concrete, non-creatable parent of the four levels: one target for rows, map and boards.

    `title` is the full name. What the system writes (roster state, tested phones) stands in side tables.
    """

    is_creatable = False
    level: ClassVar[str] = ""
    # What schema.org calls it; an industry's page type may say it more exactly.
    schema_type: ClassVar[str] = "GovernmentOrganization"
    column_type = "机构职能"
    has_feed = True

    short_name = models.CharField(_("简称"), max_length=50, blank=True)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, blank=True, help_text=_("18 位，按 GB 32100-2015 核对校验位。")
    )
    division_code = models.CharField(_("行政区划代码"), max_length=12, blank=True, db_index=True)
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("行业")
    )
    introduction = models.CharField(
        _("一句话介绍"), max_length=200, blank=True, help_text=_("服务谁、负责什么；显示在名称之下。")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDE, help_text="WGS-84"
    )
    latitude = models.DecimalField(
        _("纬度"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LATITUDE, help_text="WGS-84"
    )
    hours = models.CharField(_("办公时间"), max_length=150, blank=True, help_text=_("例如：工作日 8:30–17:00"))
    website = models.URLField(_("网站"), blank=True)
    mailbox = models.EmailField(
        _("公开的电子邮箱"), blank=True, help_text=_("单位的公务邮箱，用于“本站纠错”；不要填个人邮箱。")
    )
    supervision_phone = models.CharField(
        _("监督投诉电话"), max_length=32, blank=True, help_text=_("公众不满意时打给谁。")
    )

    identity_panels: ClassVar[list[Any]] = [
        *BasePage.screening_panels,
        # No slug target: the slug is made from the title's pinyin.
        TitleFieldPanel("title", targets=[], heading=_("全称"), help_text=_("登记证书上的名称。")),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("credit_code"), FieldPanel("division_code")]),
        FieldPanel("introduction"),
    ]
    contact_panels: ClassVar[list[Any]] = [
        InlinePanel("phones", heading=_("电话"), label=_("电话")),
        FieldPanel("supervision_phone"),
        FieldPanel("hours"),
        FieldPanel("address"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude")])],
            heading=_("位置（WGS-84）"),
        ),
        FieldRowPanel([FieldPanel("website"), FieldPanel("mailbox")]),
        InlinePanel("outlets", heading=_("服务网点"), label=_("网点")),
    ]
    content_panels = [*identity_panels, *contact_panels]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("short_name", boost=2),
        index.AutocompleteField("short_name"),
        index.SearchField("introduction"),
        index.SearchField("address"),
        index.SearchField("credit_code"),
        index.SearchField("division_code"),
        index.SearchField("whereabouts"),
        index.FilterField("division_code"),
        index.FilterField("industry"),
        index.FilterField("credit_code"),
    ]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *same_in_every_language("credit_code", "division_code", "industry", "supervision_phone", "mailbox"),
    ]

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")

    def clean(self) -> None:
        """Check the credit code, and that a position has both halves."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.credit_code:
            try:
                check_credit_code(self.credit_code)
            except CreditCodeError as error:
                errors["credit_code"] = str(error)
        if (self.longitude is None) != (self.latitude is None):
            errors["latitude" if self.latitude is None else "longitude"] = _("经度和纬度须同时填写。")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def tier_at(cls, depth: int) -> Tier:
        """Return the tier of the people appointed to an organisation of this class at this depth."""
        return levels.tier_at(cls.level, depth)

    @cached_property
    def chain(self) -> list[OrganisationPage]:
        """Return the organisations from the portal down to this one, each once."""
        ancestors = OrganisationPage.objects.ancestor_of(self, inclusive=True).order_by("depth")
        return list(ancestors.specific(defer=True))

    @property
    def superior(self) -> OrganisationPage | None:
        """Return the one superior (§2.3): the nearest organisation above."""
        above = self.chain[:-1]
        return above[-1] if above else None

    @property
    def head_of_chain(self) -> OrganisationPage:
        """Return the government at the head: the district in four storeys, the portal in three."""
        return next((each for each in self.chain if each.level == levels.Level.DISTRICT), self.chain[0])

    @property
    def catalogue_code(self) -> str:
        """Return the code of the catalogue that says what this organisation must disclose."""
        return "office"

    @property
    def whereabouts(self) -> str:
        """Return the district and the industry, for the search index: 沙河口区 小学. At most three queries."""
        found = [*names_of_district(self.division_code[:DISTRICT_DIGITS])]
        if self.industry:
            found += [self.industry.title, self.industry.sector.title]
        return " ".join(dict.fromkeys(found))

    @property
    def display_name(self) -> str:
        """Return the short name where there is one."""
        return self.short_name or self.title


class OrganisationPhone(TranslatableMixin, Orderable):
    """A telephone number. When it was last tested stands in `PhoneCheck`."""

    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="phones")
    label = models.CharField(_("用途"), max_length=50, help_text=_("例如：24 小时热线、总机、招生咨询"))
    number = models.CharField(_("号码"), max_length=32)
    is_hotline = models.BooleanField(_("24 小时热线"), default=False)

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("number"), FieldPanel("is_hotline")])]
    override_translatable_fields = same_in_every_language("number")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("电话")
        verbose_name_plural = _("电话")

    def __str__(self) -> str:
        return f"{self.label} {self.number}"


class ServiceOutlet(TranslatableMixin, Orderable):
    """A counter where the public is served: address, hours, phones, position, services."""

    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="outlets")
    name = models.CharField(_("名称"), max_length=100)
    division_code = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    address = models.CharField(_("地址"), max_length=200)
    hours = models.CharField(_("服务时间"), max_length=150, blank=True)
    phones = models.CharField(_("电话"), max_length=100, blank=True, help_text=_("多个号码用分号隔开。"))
    services = models.CharField(_("可办业务"), max_length=255, blank=True, help_text=_("用分号隔开。"))
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDE, help_text="WGS-84"
    )
    latitude = models.DecimalField(
        _("纬度"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LATITUDE, help_text="WGS-84"
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("phones")]),
        FieldPanel("services"),
        FieldRowPanel([FieldPanel("division_code"), FieldPanel("longitude"), FieldPanel("latitude")]),
    ]
    override_translatable_fields = same_in_every_language("division_code", "phones")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("服务网点")
        verbose_name_plural = _("服务网点")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse half a position."""
        if (self.longitude is None) != (self.latitude is None):
            raise ValidationError(_("经度和纬度须同时填写。"))

    @property
    def phone_list(self) -> list[str]:
        """Return the numbers, one by one."""
        return [part.strip() for part in self.phones.replace("；", ";").split(";") if part.strip()]

    @property
    def service_list(self) -> list[str]:
        """Return the services, one by one."""
        return [part.strip() for part in self.services.replace("；", ";").split(";") if part.strip()]
