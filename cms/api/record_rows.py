"""What disclosures and notices share: entry, record, validity, content, attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from pages.levels import Level
from pages.models import OrganisationPage, PublicationRecord, Validity
from snippets.models.catalogue import Publicity

from .companions import STEP
from .conditions import branch_ids, catalogues_known, entry_ids, industry_ids, of_rows, organisation_ids
from .content import ContentHTML, ContentJSON, ContentText
from .filters import (
    ReadFilter,
    ReadFilterSet,
    beginning_with,
    box_filter,
    choice_filter,
    code_filter,
    since,
    text_filter,
    until,
    within,
)
from .page_rows import PageViewSet, WithdrawablePages, models_of, type_ids
from .serializers import (
    Address,
    EntryRef,
    FileShape,
    OrganisationRef,
    PageSerializer,
    Shape,
    companions,
    detail_address,
    permanent_address,
)
from .values import Day, DivisionCode, ListOf, Moment
from .withdrawn import RowWithdrawal

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet


class RecordFilters(ReadFilterSet):
    """Whose, what, since when, still valid? Questions about the organisation and the register."""

    organisation = code_filter(_("机构代码：只列该单位自己的"), method="by_organisation")
    industry = code_filter(_("单位的行业代码；一级行业包括其全部二级行业"), method="by_industry")
    branch = code_filter(_("单位的二级行业代码"), method="by_branch")
    division = ReadFilter(ListOf(DivisionCode()), about=_("行政区划代码的开头，例如 210202"), method="by_division")
    level = choice_filter(_("单位的层级"), Level.choices, method="by_level")
    bbox = box_filter()
    catalogue = code_filter(_("公开目录代码"), method="by_catalogue")
    entry = code_filter(_("目录事项：“目录:编码”，例如 water:B01；只写编码则不分目录"), method="by_entry")
    group = code_filter(_("目录事项的类别编码"), "entry__group_code")
    publicity = choice_filter(_("公开方式"), Publicity.choices)
    validity = choice_filter(_("效力状态"), Validity.choices, "validity__in", method="by_register")
    index_number = text_filter(_("索引号"), "index_number", method="by_register")
    document_number = text_filter(_("文号"))
    keyword = text_filter(_("关键词"), method="by_keyword")
    issued_after = since(Moment, _("首次公开不早于"), "first_published_at__gte", method="by_register")
    issued_before = until(Moment, _("首次公开早于"), "first_published_at__lt", method="by_register")
    updated_after = since(Moment, _("最近发布不早于"), "last_published_at__gte", method="by_register")
    updated_before = until(Moment, _("最近发布早于"), "last_published_at__lt", method="by_register")
    generated_after = since(Day, _("生成日期不早于"), "generated_on")
    generated_before = until(Day, _("生成日期早于"), "generated_on")

    def by_register(self, queryset: QuerySet, lookup: str, value: Any) -> QuerySet:
        """Keep the pages whose row in the register meets a condition."""
        if self.language == settings.LANGUAGE_CODE:
            return queryset.filter(**{f"record__{lookup}": value})
        return of_rows(queryset, PublicationRecord.objects.filter(**{lookup: value}), "page", self.language)

    def by_place(self, queryset: QuerySet, *conditions: Q, **values: Any) -> QuerySet:
        """Keep the pages of organisations that meet conditions."""
        places = OrganisationPage.objects.filter(*conditions, **values)
        return self.by_register(queryset, "organisation__in", places.order_by().values("pk"))

    def by_organisation(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep what belongs to organisations themselves."""
        self.chosen[name] = organisation_ids(name, codes)
        return self.by_register(queryset, "organisation__in", self.chosen[name])

    def by_industry(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep what belongs to organisations of industries."""
        self.chosen[name] = industry_ids(name, codes)
        return self.by_place(queryset, industry__in=self.chosen[name])

    def by_branch(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep what belongs to organisations of branches."""
        return self.by_place(queryset, industry__in=branch_ids(name, codes))

    def by_division(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep what belongs to organisations of divisions."""
        return self.by_place(queryset, beginning_with("division_code", codes))

    def by_level(self, queryset: QuerySet, name: str, levels: list[str]) -> QuerySet:
        """Keep what belongs to organisations of levels."""
        return self.by_place(queryset, content_type__in=type_ids(models_of(levels)))

    def by_box(self, queryset: QuerySet, name: str, box: tuple[Any, ...]) -> QuerySet:
        """Keep what belongs to organisations in a box."""
        return self.by_place(queryset, **within(box))

    def by_catalogue(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep what fulfils entries of catalogues."""
        catalogues_known(name, codes)
        return queryset.filter(entry__catalogue__in=codes)

    def by_entry(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep what fulfils entries."""
        self.chosen[name] = entry_ids(name, codes)
        return queryset.filter(entry__in=self.chosen[name])

    def by_keyword(self, queryset: QuerySet, name: str, keyword: str) -> QuerySet:
        """Keep what carries a keyword."""
        items = queryset.model._meta.get_field("keyword_items").related_model
        return queryset.filter(pk__in=items.objects.filter(tag__name=keyword).values("content_object"))


class OfRecord:
    """Mixin for fields that show the row's place in the register; null where it has none."""

    def get_attribute(self, row: Any) -> Any:
        """Look at the register instead of the row."""
        record = companions(self).record_of(row)
        return super().get_attribute(record) if record else None  # type: ignore[misc]


class Keywords(serializers.ListField):
    """The keywords, fetched for all rows at once."""

    def get_attribute(self, row: Any) -> list[str]:
        """Ask the companions."""
        return companions(self).keywords_of(row)


class RecordText(OfRecord, serializers.CharField):
    """Words in the register."""


class RecordMoment(OfRecord, serializers.DateTimeField):
    """A moment in the register."""


class RecordAddress(OfRecord, Address):
    """The permanent address."""


def _detail(record: PublicationRecord, context: dict[str, Any]) -> str | None:
    return detail_address(record.page, context) if record.page and record.page.live else None


class RecordRef(Shape):
    """Another disclosure or notice. What has left the public keeps its number and its permanent address."""

    index_number = serializers.CharField()
    title = serializers.CharField()
    permanent_url = Address(permanent_address)
    detail_url = Address(_detail, allow_null=True)


class EndedRecord(RecordRef):
    """What a disclosure or notice has ended, and how."""

    state = serializers.ChoiceField(Validity.choices, source="validity")


class ValidityShape(OfRecord, Shape):
    """Whether it is in force; what ended it; what it ended."""

    state = serializers.ChoiceField(Validity.choices, source="validity")
    state_label = serializers.CharField(source="get_validity_display")
    ended_by = RecordRef(allow_null=True)
    ends = EndedRecord(source="predecessors", many=True)


class RecordSerializer(PageSerializer):
    """A disclosure or a notice."""

    index_number = RecordText(allow_null=True, help_text=_("索引号，首次公开时给出，永不改变。"))
    permanent_url = RecordAddress(permanent_address, allow_null=True, help_text=_("按索引号的永久地址。"))
    organisation = OrganisationRef(given_by="organisation_of", allow_null=True)
    entry = EntryRef(allow_null=True)
    first_published_at = RecordMoment(allow_null=True, help_text=_("首次公开时间，由系统记录。"))
    last_published_at = RecordMoment(allow_null=True, help_text=_("最近一次发布的时间。"))
    publicity_label = serializers.CharField(source="get_publicity_display")
    validity = ValidityShape(source="*", allow_null=True)
    withdrawal = RowWithdrawal(allow_null=True, help_text=_("撤下并保留原文的说明；公开中的为 null。"))
    keywords = Keywords(child=serializers.CharField())
    body = ContentJSON(help_text=_("正文，逐块。"))
    body_html = ContentHTML(help_text=_("正文的 HTML，其中地址均为完整地址。"))
    body_text = ContentText(help_text=_("正文的文字。"))
    attachments = FileShape(given_by="attachments_of", many=True)


class RecordViewSet(WithdrawablePages, PageViewSet):
    """List and detail of disclosures or notices."""

    base_serializer_class = RecordSerializer
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "html_url", "slug", "locale"]
    head_fields: ClassVar[list[str]] = [
        "id",
        "title",
        "index_number",
        "permanent_url",
        "organisation",
        "entry",
        "summary",
        "document_number",
        "generated_on",
        "first_published_at",
        "last_published_at",
        "publicity",
        "publicity_label",
        "validity",
        "withdrawal",
        "keywords",
    ]
    content_fields: ClassVar[list[str]] = ["body", "body_html", "body_text", "attachments"]
    listing_omits = frozenset(content_fields)
    orderings: ClassVar[dict[str, str]] = {**PageViewSet.orderings, "generated_on": "generated_on"}
    default_order: ClassVar[tuple[str, ...]] = ("-first_published_at",)
    expandable: ClassVar[tuple[str, ...]] = (
        "organisation",
        "organisation.superior",
        "organisation.industry",
        "entry",
    )
    joined: ClassVar[tuple[str, ...]] = ("locale", "entry")

    def place_of(self, row: Any) -> str:
        """Return the path of the organisation: disclosures and notices stand right under theirs."""
        return str(row.path[:-STEP])

    def ordering_field(self, name: str) -> str:
        """Order by the register; translations, which are not in it, by their own dates."""
        of_register = name.endswith("_published_at") and self.language == settings.LANGUAGE_CODE
        return f"record__{name}" if of_register else super().ordering_field(name)

    def dressed(self, queryset: QuerySet) -> QuerySet:
        """Leave the body in the database where nobody asks for it."""
        fields = self.asked.get("fields", "")
        wanted = self.action == "detail_view" or "body" in fields or fields.startswith("*")
        return super().dressed(queryset) if wanted else super().dressed(queryset).defer("body")
