"""Organisations: portal, districts, departments, units — with roster, chain, outlets and the profile of their type."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from blocks.links import page_address
from pages.levels import Level
from pages.models import OfficeKind, OrganisationPage, RosterEntry, RosterState, UnitPage
from rules.divisions import around

from ..companions import with_code
from ..conditions import branch_ids, industry_ids, of_rows, organisation_ids
from ..filters import ReadFilter, beginning_with, box_filter, choice_filter, code_filter
from ..page_rows import PageFilters, PageViewSet, models_of, page_types, type_choices, type_ids
from ..profiles import profile_filters, profile_of, profile_schema, profile_types
from ..serializers import (
    Address,
    IndustryRef,
    OrganisationRef,
    PageSerializer,
    Position,
    Shape,
    list_address,
)
from ..values import DivisionCode, ListOf, WholeDivisionCode


class Filters(PageFilters):
    """What all organisations share; the typed fields of units are added below."""

    industry = code_filter(_("行业代码；一级行业包括其全部二级行业"), method="by_industry")
    branch = code_filter(_("二级行业代码"), method="by_branch")
    division = ReadFilter(ListOf(DivisionCode()), about=_("行政区划代码的开头，例如 210202"), method="by_division")
    serves = ReadFilter(
        ListOf(WholeDivisionCode()),
        about=_("服务范围包含这个行政区划的单位（哪家单位为这里服务），写完整的代码，例如 210202008"),
        method="by_served",
    )
    level = choice_filter(_("层级"), Level.choices, method="by_level")
    type = choice_filter(_("页面类型"), lambda: type_choices(OrganisationPage), method="by_type")
    office_kind = choice_filter(_("主管部门的机构类型"), OfficeKind.choices, "departmentpage__office_kind")
    code = code_filter(_("机构代码"), method="by_code")
    credit_code = code_filter(_("统一社会信用代码"))
    roster = choice_filter(_("名录状态"), RosterState.choices, method="by_roster")
    bbox = box_filter()

    def by_industry(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the organisations of industries."""
        return queryset.filter(industry__in=industry_ids(name, codes))

    def by_branch(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the organisations of branches."""
        return queryset.filter(industry__in=branch_ids(name, codes))

    def by_division(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the organisations of divisions and what they comprise."""
        return queryset.filter(beginning_with("division_code", codes))

    def by_served(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the units that serve the whole of one of some divisions."""
        written = sorted({each for code in codes for each in around(code)})
        # A clerk parts codes by whatever stands at hand; a code may begin a longer one.
        return queryset.filter(unitpage__service_divisions__regex=rf"(^|[^0-9])({'|'.join(written)})([^0-9]|$)")

    def by_level(self, queryset: QuerySet, name: str, levels: list[str]) -> QuerySet:
        """Keep the organisations of some levels."""
        return queryset.filter(content_type__in=type_ids(models_of(levels)))

    def by_type(self, queryset: QuerySet, name: str, types: list[str]) -> QuerySet:
        """Keep the organisations of some page types."""
        return queryset.filter(content_type__in=type_ids(page_types(OrganisationPage)[each] for each in types))

    def by_code(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the organisations of roster codes."""
        rows = RosterEntry.objects.filter(organisation__in=organisation_ids(name, codes))
        return of_rows(queryset, rows, "organisation", self.language)

    def by_roster(self, queryset: QuerySet, name: str, states: list[str]) -> QuerySet:
        """Keep the organisations in some state of the roster."""
        return of_rows(queryset, RosterEntry.objects.filter(state__in=states), "organisation", self.language)


# A class made by a call, because plugins decide which typed fields there are.
OrganisationFilters = type("OrganisationFilters", (Filters,), profile_filters(set(Filters.base_filters)))


class CatalogueRef(Shape):
    """The catalogue that says what an organisation must disclose."""

    code = serializers.CharField(source="catalogue_code")
    html_url = Address(lambda page, context: f"{page_address(page, context)}{page.reverse_subpage('catalogue')}")
    entries_url = Address(lambda page, context: list_address(context, "catalogue", catalogue=page.catalogue_code))


class RosterShape(Shape):
    """A place in the roster."""

    state = serializers.ChoiceField(RosterState.choices)
    state_label = serializers.CharField(source="get_state_display")
    basis = serializers.CharField()
    since = serializers.DateField(allow_null=True)


class PhoneTest(Shape):
    """When somebody last rang a number."""

    on = serializers.DateField(source="tested_on")
    answered = serializers.BooleanField()


class Phone(Shape):
    """A telephone number."""

    label = serializers.CharField()  # type: ignore[assignment]
    number = serializers.CharField()
    is_hotline = serializers.BooleanField()
    last_tested = PhoneTest(source="check", allow_null=True)


class Outlet(Shape):
    """A counter where the public is served."""

    name = serializers.CharField()
    division_code = serializers.CharField()
    address = serializers.CharField()
    hours = serializers.CharField()
    phones = serializers.ListField(child=serializers.CharField(), source="phone_list")
    services = serializers.ListField(child=serializers.CharField(), source="service_list")
    position = Position(allow_null=True)


class Profile(serializers.Field):
    """The typed fields of a unit; null for offices."""

    def get_attribute(self, page: OrganisationPage) -> dict[str, Any] | None:
        """Read the fields of the page's own type, which came along with it."""
        return profile_of(page)

    def to_representation(self, profile: dict[str, Any]) -> dict[str, Any]:
        """Show them."""
        return profile


class ProfileExtension(OpenApiSerializerFieldExtension):
    """One alternative for each page type."""

    target_class = Profile

    def get_name(self) -> str:
        return "Profile"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> Any:
        return profile_schema()


class Links(Shape):
    """Where to read what an organisation has made public."""

    disclosures = Address(lambda page, context: _list_of(page, context, "disclosures", child_of=page.pk))
    notices = Address(lambda page, context: _list_of(page, context, "notices", child_of=page.pk))
    service_items = Address(lambda page, context: _list_of(page, context, "service-items", provider=page.code))


def _list_of(page: Any, context: Any, endpoint: str, **parameters: Any) -> str:
    language = page.locale.language_code
    locale = {} if language == settings.LANGUAGE_CODE else {"locale": language}
    return list_address(context, endpoint, **parameters, **locale)


class OrganisationSerializer(PageSerializer):
    """An organisation."""

    code = serializers.CharField(allow_null=True, help_text=_("机构代码，永久不变。"))
    level = serializers.ChoiceField(Level.choices, source="specific_class.level")
    level_label = serializers.SerializerMethodField()
    office_kind = serializers.SerializerMethodField()
    service_divisions = serializers.SerializerMethodField(
        help_text=_("服务范围的行政区划代码（6、9 或 12 位）；没有填写、不是单位的为空。")
    )
    industry = IndustryRef(allow_null=True)
    catalogue = serializers.SerializerMethodField()
    position = Position(allow_null=True)
    website = serializers.CharField()
    phones = Phone(given_by="phones_of", many=True)
    roster = RosterShape(given_by="roster_of", allow_null=True)
    superior = OrganisationRef(given_by="superior_of", allow_null=True)
    chain = OrganisationRef(given_by="chain_of", many=True, help_text=_("从市门户到本单位，逐级。"))
    outlets = Outlet(given_by="outlets_of", many=True)
    profile = Profile()
    links = Links(source="*")

    def get_level_label(self, page: OrganisationPage) -> str:
        """Name the level."""
        return str(Level(page.specific_class.level).label)

    @extend_schema_field(serializers.ChoiceField(OfficeKind.choices, allow_null=True))
    def get_office_kind(self, page: OrganisationPage) -> str | None:
        """Return what kind of office a department is."""
        return page.departmentpage.office_kind if page.specific_class.level == Level.DEPARTMENT else None

    def get_service_divisions(self, page: OrganisationPage) -> list[str]:
        """Return the codes of the divisions that a unit serves."""
        return page.unitpage.service_division_codes if issubclass(page.specific_class, UnitPage) else []

    @extend_schema_field(CatalogueRef)
    def get_catalogue(self, page: OrganisationPage) -> Any:
        """Return the catalogue of the branch, of offices the one of all offices."""
        ruled = page
        if issubclass(page.specific_class, UnitPage):
            ruled = page.unitpage
            ruled.industry = page.industry
        return CatalogueRef(context=self.context).to_representation(ruled)


class OrganisationsAPIViewSet(PageViewSet):
    """The organisations."""

    endpoint = "organisations"
    about = _("市门户、区市县、主管部门和公共企事业单位。默认按单位树排列。")
    model = OrganisationPage
    base_serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters
    body_fields: ClassVar[list[str]] = [
        "id",
        "title",
        "short_name",
        "code",
        "level",
        "level_label",
        "office_kind",
        "credit_code",
        "division_code",
        "service_divisions",
        "industry",
        "catalogue",
        "introduction",
        "address",
        "position",
        "phones",
        "supervision_phone",
        "hours",
        "website",
        "roster",
        "superior",
        "chain",
        "outlets",
        "profile",
        "links",
    ]
    listing_omits = frozenset({"chain", "outlets", "links"})
    expandable: ClassVar[tuple[str, ...]] = (
        "superior",
        "superior.superior",
        "superior.industry",
        "industry",
        "industry.parent",
    )
    orderings: ClassVar[dict[str, str]] = {
        **PageViewSet.orderings,
        "code": "roster__code",
        "division_code": "division_code",
    }
    joins_late = True
    joined: ClassVar[tuple[str, ...]] = (
        "locale",
        "industry__parent",
        "departmentpage",
        *(kind.path for kind in profile_types()),
    )

    def dressed(self, queryset: QuerySet) -> QuerySet:
        """Add the roster code."""
        return with_code(super().dressed(queryset))
