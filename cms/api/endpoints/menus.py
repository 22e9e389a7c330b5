"""The menus, as every page shows them: the main one and the foot, one row for each language of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from wagtail.models import Locale

from blocks.links import absolute_url
from cms.context import Section, made_by_the_system, main_menu, standard_pages
from pages.presentation import Reader
from pages.presentation.places import places

from ..backends import LocaleBackend, OrderBackend
from ..filters import FilterBackend, ReadFilterSet
from ..serializers import PageRef, ReadSerializer, Shape
from ..views import ReadViewSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet
    from rest_framework.request import Request


class MenuFilters(ReadFilterSet):
    """Which of them."""


class MenuItemShape(Shape):
    """A link of a menu."""

    title = serializers.CharField()
    url = serializers.URLField()
    page = PageRef(allow_null=True, help_text=_("它指向的页面；系统自己生成的为 null。"))


class MenuSerializer(ReadSerializer):
    """The menus of a language."""

    title = serializers.CharField(source="get_display_name")
    locale = serializers.CharField(source="language_code")
    main = MenuItemShape(many=True, help_text=_("主导航。"))
    foot = MenuItemShape(many=True, help_text=_("页脚链接。"))


class LanguageBackend(LocaleBackend):
    """Keeps the row of one language: here the rows are the languages."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Keep the row of the language asked for."""
        found: QuerySet = super().filter_queryset(request, queryset, view)
        return found.filter(language_code=view.language)


class MenusAPIViewSet(ReadViewSet):
    """The menus."""

    endpoint = "menus"
    named, component = _("菜单"), "Menus"
    about = _("主导航和页脚链接，与网页上的相同，每种语言一条。在别处重建网站时用。")
    model = Locale
    base_serializer_class = MenuSerializer
    filterset_class = MenuFilters
    filter_backends: ClassVar[list] = [LanguageBackend, FilterBackend, OrderBackend]
    body_fields: ClassVar[list[str]] = ["id", "title", "main", "foot"]
    meta_fields: ClassVar[list[str]] = ["type", "detail_url", "locale"]
    orderings: ClassVar[dict[str, str]] = {"id": "pk"}

    def get_queryset(self) -> QuerySet:
        """Return the languages the site has."""
        return Locale.objects.filter(language_code__in=[code for code, _label in settings.LANGUAGES])

    def place_of(self, row: Locale) -> None:
        """Return none: menus stand nowhere in the tree."""
        return

    def language_of(self, row: Locale) -> str:
        """Return the language of the menus."""
        return str(row.language_code)

    def _shown(self, rows: Sequence[Any], default: set[str]) -> Any:
        for row in rows:
            with translation.override(row.language_code):
                self._put_menus_on(row)
        return super()._shown(rows, default)

    def _put_menus_on(self, row: Any) -> None:
        request = self.request._request
        found, reader = places(request), Reader(request)
        home_url = reader.url(found.home) if found.home else "/"
        sections, standard = main_menu(found, reader, home_url), standard_pages(found, reader)
        shown = reader.translated(each.page for each in sections if each.page is not None)
        pages = {*(page.pk for page in shown.values()), *(page.pk for page in standard)}
        public = set(self.public.pages().filter(pk__in=pages).values_list("pk", flat=True))
        row.main = list(self._items(public, ((each, shown.get(each.page.pk if each.page else 0)) for each in sections)))
        links = [*((Section(page.title, reader.url(page)), page) for page in standard)]
        made = ((Section(link["title"], link["url"]), None) for link in made_by_the_system(home_url))
        row.foot = list(self._items(public, [*links, *made]))

    def _items(self, public: set[int], links: Iterable[tuple[Section, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the links; those to pages that not everybody may see are left out."""
        for link, page in links:
            if page is None or page.pk in public:
                url = absolute_url(link.url, {"request": self.request})
                yield {"title": str(link.title), "url": url, "page": page}
