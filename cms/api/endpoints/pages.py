"""Every page of the site, whatever its type: what all have in common, and where to read the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from wagtail.models import Page

from pages.models import BasePage, IndustryPage, OrganisationPage, StandardPage, StandardPageKind

from ..content import ContentHTML, ContentJSON, ContentText
from ..filters import choice_filter, text_filter
from ..page_rows import PageFilters, PageViewSet, WithdrawablePages, page_types, type_choices, type_ids
from ..serializers import IndustryRef, OrganisationRef, PageRef, PageSerializer
from ..withdrawn import RowWithdrawal

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The types whose own words are shown here; the others have endpoints of their own.
OWN_WORDS = {"standardpage": "body", "industrypage": "notes", "serviceindexpage": None, "noticeindexpage": None}


class GeneralFilters(PageFilters):
    """Which type, which address."""

    type = choice_filter(_("页面类型"), lambda: type_choices(BasePage), method="by_type")
    slug = text_filter(_("地址中的最后一段"))

    def by_type(self, queryset: QuerySet, name: str, types: list[str]) -> QuerySet:
        """Keep the pages of some types."""
        return queryset.filter(content_type__in=type_ids(page_types(BasePage)[each] for each in types))


class GeneralSerializer(PageSerializer):
    """A page of any type."""

    organisation = OrganisationRef(given_by="nearest_to", allow_null=True, help_text=_("所在的单位。"))
    parent = PageRef(given_by="parent_of", allow_null=True)
    withdrawal = RowWithdrawal(allow_null=True, help_text=_("撤下并保留原文的说明；公开中的为 null。"))
    introduction = serializers.CharField()
    kind = serializers.ChoiceField(StandardPageKind.choices, allow_null=True, help_text=_("说明页的用途。"))
    industry = IndustryRef(allow_null=True, help_text=_("行业页的行业。"))
    body = ContentJSON("content", allow_null=True, help_text=_("说明页的正文、行业页的编制说明。"))
    body_html = ContentHTML("content", allow_null=True)
    body_text = ContentText("content", allow_null=True)


class PagesAPIViewSet(WithdrawablePages, PageViewSet):
    """All pages."""

    endpoint = "pages"
    about = _(
        "全部页面的共同部分。单位、公开信息、公告的完整内容在各自的接口中，见 meta.detail_url。默认按页面树排列。"
    )
    model = Page
    base_serializer_class = GeneralSerializer
    filterset_class = GeneralFilters
    body_fields: ClassVar[list[str]] = [
        "id",
        "title",
        "introduction",
        "organisation",
        "parent",
        "withdrawal",
        "kind",
        "industry",
        "body",
        "body_html",
        "body_text",
    ]
    expandable: ClassVar[tuple[str, ...]] = (
        "organisation",
        "organisation.superior",
        "organisation.industry",
        "industry",
        "industry.parent",
    )
    listing_omits = frozenset({"body", "body_html", "body_text"})
    joins_late = True
    joined: ClassVar[tuple[str, ...]] = (
        "locale",
        "organisationpage",
        "industrypage__industry__parent",
        *(name for name in OWN_WORDS if name != "industrypage"),
    )

    def _shown(self, rows: Sequence[Page], default: set[str]) -> Any:
        for row in rows:
            _put_own_words_on(row)
        return super()._shown(rows, default)


def _put_own_words_on(page: Any) -> None:
    """Give the bare page what its type says of itself."""
    own = _own(page)
    content = OWN_WORDS.get(page.specific_class._meta.model_name)
    page.introduction = getattr(own, "introduction", "")
    page.kind = own.kind if isinstance(own, StandardPage) else None
    page.industry = own.industry if isinstance(own, IndustryPage) else None
    page.content = getattr(own, content) if content else None


def _own(page: Page) -> Any:
    # A version that stays readable under a notice is no row.
    if isinstance(page, StandardPage):
        return page
    if issubclass(page.specific_class, OrganisationPage):
        return page.organisationpage
    name = page.specific_class._meta.model_name
    return getattr(page, name) if name in OWN_WORDS else None
