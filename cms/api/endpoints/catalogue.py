"""The catalogue: what must be disclosed, how often, on what legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from blocks.kinds import ContentKind
from snippets.models import CatalogueEntry, Industry
from snippets.models.catalogue import Cycle, Publicity, TimeUnit

from ..backends import LocaleBackend, OrderBackend, SearchBackend
from ..conditions import catalogues_known, industry_ids
from ..filters import FilterBackend, ReadFilter, ReadFilterSet, choice_filter, code_filter, flag_filter, since, until
from ..serializers import GroupShape, ReadSerializer, Shape
from ..values import Day, ListOf, Moment, WholeNumber
from ..views import ReadViewSet

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


class CatalogueFilters(ReadFilterSet):
    """Which catalogue, which entry, on which day."""

    catalogue = code_filter(_("公开目录代码，例如 water、education_school、office"), method="by_catalogue")
    industry = code_filter(_("行业代码：该行业单位的公开目录"), method="by_industry")
    code = code_filter(_("事项编码"))
    group = code_filter(_("类别编码"), "group_code")
    mandatory = flag_filter(_("是否应当公开"), "is_mandatory")
    kind = choice_filter(_("内容形式"), ContentKind.choices, "content_kind")
    cycle = choice_filter(_("更新方式"), Cycle.choices)
    publicity = choice_filter(_("公开方式"), Publicity.choices)
    tiers = ReadFilter(ListOf(WholeNumber(minimum=1, maximum=3)), "approval_tiers", "in", about=_("审核级数"))
    updated_after = since(Moment, _("最近改动不早于"), "updated_at")
    updated_before = until(Moment, _("最近改动早于"), "updated_at")
    valid_on = ReadFilter(Day(), about=_("在哪一天有效；默认今天"), method="by_day")

    def __init__(self, data: dict[str, str], *args: Any) -> None:
        super().__init__({"valid_on": timezone.localdate().isoformat(), **data}, *args)

    def by_catalogue(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the entries of catalogues."""
        catalogues_known(name, codes)
        return queryset.filter(catalogue__in=codes)

    def by_industry(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the entries that rule the units of industries; a sector's branches may have catalogues of their own."""
        industries = Industry.objects.filter(pk__in=industry_ids(name, codes)).select_related("parent")
        return queryset.filter(catalogue__in={each.catalogue_code for each in industries})

    def by_day(self, queryset: Any, name: str, day: date) -> QuerySet:
        """Keep the entries in force on a day."""
        return queryset.valid(day)


class UpdateRuleShape(Shape):
    """When an entry must be brought up to date, in words and as data."""

    text = serializers.CharField(source="update_rule_text")
    cycle = serializers.ChoiceField(Cycle.choices)
    amount = serializers.IntegerField(source="cycle_amount", allow_null=True)
    unit = serializers.ChoiceField(TimeUnit.choices, source="cycle_unit", allow_blank=True)
    month = serializers.IntegerField(source="due_month", allow_null=True)
    day = serializers.IntegerField(source="due_day", allow_null=True)


class CatalogueEntrySerializer(ReadSerializer):
    """A catalogue entry."""

    title = serializers.CharField(source="display_title")
    group = GroupShape(source="*")
    content_kind_label = serializers.CharField(source="get_content_kind_display")
    publicity_label = serializers.CharField(source="get_publicity_display")
    update_rule = UpdateRuleShape(source="*")
    updated_at = serializers.DateTimeField()


class CatalogueAPIViewSet(ReadViewSet):
    """The entries of all catalogues."""

    endpoint = "catalogue"
    about = _("公开目录的事项：应当公开什么、多久更新、依据什么、几级审核。默认只列今天有效的。")
    model = CatalogueEntry
    base_serializer_class = CatalogueEntrySerializer
    filterset_class = CatalogueFilters
    filter_backends: ClassVar[list] = [LocaleBackend, FilterBackend, OrderBackend, SearchBackend]
    body_fields: ClassVar[list[str]] = [
        "id",
        "catalogue",
        "code",
        "title",
        "title_en",
        "group",
        "is_mandatory",
        "content_kind",
        "content_kind_label",
        "update_rule",
        "approval_tiers",
        "legal_basis",
        "publicity",
        "publicity_label",
        "retention",
        "needs_privacy_check",
        "government_class",
        "valid_from",
        "valid_to",
    ]
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "updated_at"]
    orderings: ClassVar[dict[str, str]] = {
        **ReadViewSet.orderings,
        "catalogue": "catalogue",
        "order": "order",
        "code": "code",
        "updated_at": "updated_at",
    }
    default_order: ClassVar[tuple[str, ...]] = ("catalogue", "order", "code")

    def get_queryset(self) -> QuerySet:
        """Return all, of every period."""
        return CatalogueEntry.objects.all()

    def is_lasting(self) -> bool:
        """Do not: unless a day is named, it is today's."""
        return "valid_on" in self.asked

    def place_of(self, row: CatalogueEntry) -> None:
        """Return none: an entry stands nowhere in the tree."""
        return
