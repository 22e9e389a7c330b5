"""The search page: one field, four kinds of things, results that show where the words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.presentation import Reader
from rules.han import to_simplified

from .found import PAGE_TYPES, Kind, Search

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20
# Nobody reads further; and the further one reads, the more the database must rank.
PAGES_LIMIT = 50
QUERY_LIMIT = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a query; without one, say what can be found."""
    asked = request.GET.get("q", "").replace("\x00", " ").strip()
    query, wanted = asked[:QUERY_LIMIT], request.GET.get("kind", "")
    context: dict[str, Any] = {
        "page_title": _("“%(query)s”的搜索结果") % {"query": query} if query else _("搜索"),
        "breadcrumbs": [{"title": _("首页"), "url": _home(request)}, {"title": _("搜索"), "url": None}],
        "query": query,
        "is_cut": len(asked) > QUERY_LIMIT,
        "limit": QUERY_LIMIT,
        # With a query the field in the masthead holds it; without one the page has a large one.
        "hide_search": not query,
    }
    if query:
        context |= results(request, query, wanted)
    return TemplateResponse(request, "search/search.html", context)


class Results(Paginator):
    """The pages of what was found: what stands beside the kinds is not counted again."""

    def __init__(self, found: Search, kind: Kind | None) -> None:
        super().__init__(found.of(kind), PER_PAGE)
        self.most = sum(found.numbers[each] for each in ([kind] if kind else PAGE_TYPES))

    @property
    def count(self) -> int:
        """Return how many results can be reached."""
        return min(self.most, PER_PAGE * PAGES_LIMIT)


def results(request: HttpRequest, query: str, wanted: str) -> dict[str, Any]:
    """Return what is found: how much of each kind, and one page of it."""
    # Texts are stored in Simplified characters; who reads Traditional asks in them.
    found = Search(to_simplified(query), Reader(request), request.GET.get("order", ""))
    kind = Kind(wanted) if wanted in Kind.values else None
    total = sum(found.numbers.values())
    page = Results(found, kind).get_page(request.GET.get("page"))
    return {
        "kinds": [
            {"code": "", "title": _("全部"), "number": total, "current": kind is None},
            *(
                {"code": each.value, "title": each.label, "number": found.numbers[each], "current": each == kind}
                for each in Kind
            ),
        ],
        "unknown_kind": wanted if wanted and kind is None else "",
        "total": total,
        "newest_first": found.newest_first,
        "exact": found.exact(),
        # On top of all kinds of pages stand the services that may settle the matter at once.
        "services": found.service_answers() if kind is None and page.number == 1 else [],
        "list_page": page,
        "rows": found.rows(list(page)),
    }


def _home(request: HttpRequest) -> str:
    return request.path.removesuffix("search/")
