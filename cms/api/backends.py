"""Language, place in the tree, order and search of a list. They run in the order `view.filter_backends` names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.filters import BaseFilterBackend
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from .errors import BadParameterError
from .keyset import Term
from .parameters import Parameter
from .values import Choice, Text, WholeNumber

if TYPE_CHECKING:
    from rest_framework.request import Request

    from .values import Value

    Rows = Any

LONGEST_SEARCH = 100


def read_value(view: Any, name: str, value: Value) -> Any:
    """Read a parameter of the request, None when it is absent. Raises BadParameterError."""
    try:
        return value.to_python(view.asked.get(name))
    except ValidationError as error:
        message = _("参数“%(name)s”%(problem)s") % {"name": name, "problem": error.messages[0]}
        raise BadParameterError(name, message) from None


class LocaleBackend(BaseFilterBackend):
    """Keeps the rows of one language; the source language unless another is asked for."""

    value = Choice(choices=settings.LANGUAGES)
    about = gettext_lazy("语言：默认只列源语言（zh-hans）的内容；en 列出英文译本。繁体中文请用 /zh-hant/api/v2/。")

    def parameters(self, view: Any) -> list[Parameter]:
        """Describe the parameter."""
        return [Parameter("locale", self.about, self.value.schema | {"default": settings.LANGUAGE_CODE})]

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Keep the rows of the language asked for, where rows have one."""
        view.language = read_value(view, "locale", self.value) or settings.LANGUAGE_CODE
        if not hasattr(view.model, "locale_id"):
            return queryset
        return queryset.filter(locale__language_code=view.language)


class PlaceBackend(BaseFilterBackend):
    """Keeps what stands under a page. `view.path_field` names the path that is compared."""

    value = WholeNumber(minimum=1)
    descendants = gettext_lazy("页面编号：只列它之下（不限层数）的内容。")
    children = gettext_lazy("页面编号：只列它的直接下级。")

    def parameters(self, view: Any) -> list[Parameter]:
        """Describe the parameters."""
        schema = self.value.schema
        return [Parameter("descendant_of", self.descendants, schema), Parameter("child_of", self.children, schema)]

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Keep what stands there."""
        if above := self._page(view, "descendant_of"):
            queryset = queryset.filter(**{f"{view.path_field}__startswith": above.path}).exclude(
                **{view.path_field: above.path}
            )
        if parent := self._page(view, "child_of"):
            below = view.path_field.removesuffix("path") + "depth"
            queryset = queryset.filter(**{f"{view.path_field}__startswith": parent.path, below: parent.depth + 1})
        return queryset

    def _page(self, view: Any, name: str) -> Page | None:
        key = read_value(view, name, self.value)
        if key is None:
            return None
        page: Page | None = view.public.pages().filter(pk=key).select_related("locale").first()
        if page is None:
            raise BadParameterError(name, _("参数“%(name)s”指的页面不存在或尚未公开。") % {"name": name})
        return self._in_language(page, view.language)

    def _in_language(self, page: Page, language: str) -> Page:
        """Return the same place in the language of the list: a number names a place in every language."""
        if page.locale.language_code == language:
            return page
        same = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language)
        return same.first() or page


class OrderBackend(BaseFilterBackend):
    """Orders by one or several fields; equal ones by number, so that pages of results never overlap."""

    about = gettext_lazy("排序，逗号隔开；前加减号为倒序。默认：")

    def parameters(self, view: Any) -> list[Parameter]:
        """Describe the parameter."""
        word = f"-?({'|'.join(view.orderings)})"
        default = ",".join(view.default_order)
        schema = {"type": "string", "pattern": f"^{word}(,{word})*$", "default": default}
        return [Parameter("order", f"{self.about}`{default}`", schema)]

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Order the list."""
        words = view.asked["order"].split(",") if "order" in view.asked else view.default_order
        last = Term.of(view.model, "pk", descending=words[0].startswith("-"))
        view.terms = [*(self._term(word, view) for word in words), last]
        return queryset.order_by(*(term.order for term in view.terms))

    def _term(self, word: str, view: Any) -> Term:
        name = word.removeprefix("-")
        if name not in view.orderings:
            message = _("参数“order”不能按“%(word)s”排序，可用：%(names)s。")
            raise BadParameterError("order", message % {"word": word[:50], "names": "、".join(view.orderings)})
        return Term.of(view.model, view.ordering_field(name), descending=word.startswith("-"))


class SearchBackend(BaseFilterBackend):
    """Full-text search; stands last, for what it returns cannot be filtered any more."""

    value = Text(longest=LONGEST_SEARCH)
    operator = Choice(choices=[("and", ""), ("or", "")])
    about = gettext_lazy("全文检索词；不写 order 时按相关度排序。")
    about_operator = gettext_lazy("多个词之间：and 全部含有（默认），or 含有其一。")

    def parameters(self, view: Any) -> list[Parameter]:
        """Describe the parameters."""
        return [
            Parameter("search", self.about, self.value.schema),
            Parameter("search_operator", self.about_operator, self.operator.schema),
        ]

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> Rows:
        """Search among what passed the filters."""
        words = read_value(view, "search", self.value)
        operator = read_value(view, "search_operator", self.operator)
        if words is None:
            if operator:
                raise BadParameterError("search_operator", _("参数“search_operator”要与“search”一起用。"))
            return queryset
        # The filters go in as a subquery: an engine need not know the fields they ask for.
        among = view.model._default_manager.filter(pk__in=queryset.order_by().values("pk"))
        if "order" in view.asked:
            among = among.order_by(*queryset.query.order_by)
        if "order" in view.asked:
            # In an order of its own every hit has its place.
            return get_search_backend().search(words, view.dressed(among), operator=operator, order_by_relevance=False)
        return get_search_backend().shortlist(words, view.dressed(among), operator=operator)
