"""Industries in two levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from snippets.models import Industry

from ..backends import LocaleBackend, OrderBackend, SearchBackend
from ..conditions import catalogues_known, industry_ids
from ..filters import FilterBackend, ReadFilterSet, choice_filter, code_filter, flag_filter, since, until
from ..serializers import Address, IndustryName, ReadSerializer, Shape, list_address
from ..values import Moment
from ..views import ReadViewSet

if TYPE_CHECKING:
    from django.db.models import QuerySet

LEVELS = [("sector", _("一级行业")), ("branch", _("二级行业"))]


class IndustryFilters(ReadFilterSet):
    """Sectors, branches, those the law names."""

    code = code_filter(_("行业代码"))
    parent = code_filter(_("一级行业代码：只列它的二级行业"), method="by_parent")
    level = choice_filter(_("级别"), LEVELS, method="by_level")
    statutory = flag_filter(_("是否《政府信息公开条例》第五十五条列明的行业"), "is_statutory")
    updated_after = since(Moment, _("最近改动不早于"), "updated_at")
    updated_before = until(Moment, _("最近改动早于"), "updated_at")
    catalogue = code_filter(_("公开目录代码：只列自己指定了该目录的行业"), method="by_catalogue")

    def by_parent(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the branches of sectors."""
        industry_ids(name, codes)
        return queryset.filter(parent__code__in=codes)

    def by_level(self, queryset: QuerySet, name: str, levels: list[str]) -> QuerySet:
        """Keep sectors or branches."""
        conditions = {"sector": Q(parent=None), "branch": ~Q(parent=None)}
        found = Q()
        for level in levels:
            found |= conditions[level]
        return queryset.filter(found)

    def by_catalogue(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the industries that were assigned catalogues."""
        catalogues_known(name, codes)
        return queryset.filter(catalogue__in=codes)


class IndustryLinks(Shape):
    """Where to read what belongs to an industry."""

    organisations = Address(lambda row, context: list_address(context, "organisations", industry=row.code))
    service_items = Address(lambda row, context: list_address(context, "service-items", industry=row.code))
    catalogue = Address(lambda row, context: list_address(context, "catalogue", catalogue=row.catalogue_code))


class IndustrySerializer(ReadSerializer):
    """An industry."""

    html_url = Address(lambda row, context: context["companions"].industry_address(row, context), allow_null=True)
    title = serializers.CharField(source="display_title")
    summary = serializers.CharField(source="display_summary")
    level = serializers.SerializerMethodField()
    parent = IndustryName(allow_null=True)
    branches = IndustryName(given_by="branches_of", many=True)
    catalogue = serializers.CharField(source="catalogue_code", help_text=_("本行业单位的公开目录。"))
    links = IndustryLinks(source="*")
    updated_at = serializers.DateTimeField()

    @extend_schema_field({"type": "string", "enum": [level for level, _label in LEVELS]})
    def get_level(self, industry: Industry) -> str:
        """Say which level it is."""
        return "branch" if industry.parent_id else "sector"


class IndustriesAPIViewSet(ReadViewSet):
    """The industries."""

    endpoint = "industries"
    about = _("行业，分两级。行业决定单位的公开目录。")
    model = Industry
    base_serializer_class = IndustrySerializer
    filterset_class = IndustryFilters
    filter_backends: ClassVar[list] = [LocaleBackend, FilterBackend, OrderBackend, SearchBackend]
    body_fields: ClassVar[list[str]] = [
        "id",
        "code",
        "title",
        "title_en",
        "level",
        "parent",
        "branches",
        "catalogue",
        "is_statutory",
        "door",
        "summary",
        "summary_en",
        "classification",
        "rule",
        "links",
    ]
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "html_url", "updated_at"]
    expandable: ClassVar[tuple[str, ...]] = ("parent", "branches")
    orderings: ClassVar[dict[str, str]] = {
        **ReadViewSet.orderings,
        "code": "code",
        "order": "order",
        "updated_at": "updated_at",
    }
    default_order: ClassVar[tuple[str, ...]] = ("order", "code")
    joined: ClassVar[tuple[str, ...]] = ("parent",)

    def get_queryset(self) -> QuerySet:
        """Return all: industries have no drafts."""
        return Industry.objects.all()

    def place_of(self, row: Industry) -> None:
        """Return none: an industry stands nowhere in the tree."""
        return
