"""The search page: one field, four kinds of things, results that show where the words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.demand.queries import note_search
from pages.presentation import Reader
from rules.han import to_simplified
from rules.pinyin import typed

from .answers import answers
from .backends.tries import Step
from .facets import facets
from .found import LOOSE, Search
from .kinds import Kind
from .narrowing import LABELS, read
from .rows import Rows
from .vocabulary.looking import begun

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20
# Nobody reads further; and the further one reads, the more the database must rank.
PAGES_LIMIT = 50
QUERY_LIMIT = 100
# So many readings of a query are named.
SHOWN_TEXTS = 3


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
        listed: Any = found.of(kind) if kind else found.everything()
        super().__init__(listed, PER_PAGE)
        known = sum(found.numbers[each] for each in ([kind] if kind else Kind))
        self.most = listed.count() if kind and found.is_lower_bound(kind) else known

    @property
    def count(self) -> int:
        """Return how many results can be reached."""
        return min(self.most, PER_PAGE * PAGES_LIMIT)

    def number(self, asked: str) -> int:
        """Return the page that `get_page` takes, before anything is fetched."""
        try:
            return self.validate_number(asked)
        except PageNotAnInteger:
            return 1
        except EmptyPage:
            return self.num_pages


def results(request: HttpRequest, query: str, wanted: str) -> dict[str, Any]:
    """Return what is found: how much of each kind, and one page of it."""
    # Texts are stored in Simplified characters; who reads Traditional asks in them.
    found = Search(to_simplified(query), Reader(request), request.GET.get("order", ""), read(request.GET))
    kind = Kind(wanted) if wanted in Kind.values else None
    total = sum(found.numbers.values())
    pages = Results(found, kind)
    number = pages.number(request.GET.get("page", ""))
    # On top of all kinds stands what may settle the matter at once. What it fetches, the page need not fetch again.
    first = answers(found) if kind is None and number == 1 else []
    page = pages.page(number)
    rows = Rows(found)
    step = found.attempt.step if found.attempt else None
    note_search(request, query, 0 if step in LOOSE else total)
    return {
        "kinds": kinds(found, kind),
        "unknown_kind": wanted if wanted and kind is None else "",
        "refused": found.narrowing.refused,
        "total": total,
        "is_more": found.is_cut,
        "newest_first": found.newest_first,
        "exact": found.exact(),
        "services": rows.of(first),
        "taken_for": found.attempt.texts[:SHOWN_TEXTS] if found.attempt and step is Step.CORRECTED else (),
        "perhaps": perhaps(request, found) if step in (None, *LOOSE) else [],
        "is_loose": step in LOOSE,
        "list_page": page,
        "rows": rows.of([each for each in page if each not in first]),
        **narrowed(request, found, kind),
    }


def kinds(found: Search, kind: Kind | None) -> list[dict[str, Any]]:
    """Return the kinds with how much is found of each."""
    every = {
        "code": "",
        "title": _("全部"),
        "number": sum(found.numbers.values()),
        "is_more": found.is_cut,
        "current": kind is None,
    }
    return [
        every,
        *(
            {
                "code": each.value,
                "title": each.label,
                "number": found.numbers[each],
                "is_more": found.is_lower_bound(each),
                "current": each == kind,
            }
            for each in Kind
        ),
    ]


def narrowed(request: HttpRequest, found: Search, kind: Kind | None) -> dict[str, Any]:
    """Return what the results are narrowed by, and what they may be narrowed by."""
    offered = facets(found, kind)
    chosen = found.narrowing.chosen
    titles = {each["name"]: value["title"] for each in offered for value in each["values"] if value["current"]}
    return {
        "facets": [{**each, "is_chosen": each["name"] in chosen} for each in offered],
        "facets_cut": found.is_cut,
        "chosen": [
            {"title": titles.get(name, f"{LABELS[name]} {value}"), "without": without(request, name)}
            for name, value in chosen.items()
        ],
        "days": {"from": chosen.get("from", ""), "to": chosen.get("to", "")},
        "hidden": [(name, request.GET[name]) for name in ("q", "kind", "order") if request.GET.get(name)],
    }


def without(request: HttpRequest, name: str) -> str:
    """Return the address with a condition taken off."""
    asked = request.GET.copy()
    for each in (name, "page"):
        asked.pop(each, None)
    return f"?{asked.urlencode()}"


def perhaps(request: HttpRequest, found: Search) -> list[dict[str, str]]:
    """Return what may have been meant, when nothing holds all that was asked."""
    meant = list(dict.fromkeys(term.title or term.text for term in found.meant.corrected or begun(typed(found.query))))
    return [{"text": text, "url": f"?{urlencode({'q': text})}"} for text in meant[:SHOWN_TEXTS]]


def _home(request: HttpRequest) -> str:
    return request.path.removesuffix("search/")
