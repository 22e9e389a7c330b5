"""How many statements a search costs: a bounded number, whatever is asked and however it must be understood.

On PostgreSQL two more than on SQLite tell how common a word is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.search.found import Search
from cms.search.kinds import Kind
from pages.models import IndustryPage
from pages.presentation import Reader
from tests.factories import ServiceIndexPage, make_disclosure, make_notice, make_page, make_service_item
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")
# The words, whom they are for, what is found among pages and among the rest, and those of each kind.
SEARCH = 8
PAGE = 20
# A search that passes through every reading of a query.
WIDENED, WIDENED_PAGE = 20, 30


def cost(run: Callable[[], Any]) -> int:
    # The first asking reads which sites, languages and types there are.
    run()
    with CaptureQueriesContext(connection) as asked:
        run()
    return len(asked)


def first_page(query: str) -> list[Any]:
    found = Search(query, Reader(RequestFactory().get("/search/", HTTP_HOST="localhost")))
    return list(found.of(None)[:20]) if any(found.numbers.values()) else []


@pytest.fixture
def papers(town: Town) -> Town:
    make_page(ServiceIndexPage, town.portal, title="办事大厅")
    for number in range(3):
        make_disclosure(town.water, town.entries["water_price"], title=f"停水办法{number}")
        make_notice(town.water, title=f"停水通告{number}")
        make_service_item(
            town.water, town.industries["waterworks"], title=f"停水查询{number}", code=f"outages-{number}"
        )
    return town


def test_what_is_found_at_once_costs_few(papers: Town):
    assert len(first_page("停水")) == 6

    assert cost(lambda: first_page("停水")) <= SEARCH


@pytest.mark.parametrize("query", ["停水通知 收费 招生", "火星移民", "自来水公私", "shili", "xyzzy"])
def test_what_must_be_understood_otherwise_costs_a_bounded_number(papers: Town, query: str):
    assert cost(lambda: first_page(query)) <= WIDENED
    assert cost(lambda: Seen("/search/", q=query)) <= WIDENED_PAGE


def test_a_page_of_results_with_all_that_narrows_them(papers: Town):
    seen = Seen("/search/", q="停水")

    assert len(seen.context["services"]) == len(seen.context["rows"]) / 2 == 3
    assert cost(lambda: Seen("/search/", q="停水")) <= PAGE


@pytest.mark.parametrize("kind", ["disclosure", "notice", "organisation", "service", "entry"])
def test_a_page_of_one_kind(papers: Town, kind: str):
    assert cost(lambda: Seen("/search/", q="停水", kind=kind)) <= PAGE


def test_what_is_closed_is_found_no_more_and_again_when_it_is_opened(papers: Town):
    assert len(first_page("停水")) == 6

    closed = PageViewRestriction.objects.create(page=papers.water, restriction_type=PageViewRestriction.LOGIN)
    assert first_page("停水") == []

    closed.delete()
    assert len(first_page("停水")) == 6


def test_an_entry_is_found_while_its_industry_has_a_page(town: Town):
    page = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    query = town.entries["water_price"].title

    def entries() -> list[str]:
        found = Search(query, Reader(RequestFactory().get("/search/", HTTP_HOST="localhost")))
        return [each.title for each in (found.entries if found.numbers[Kind.ENTRY] else [])]

    assert query in entries()

    page.unpublish()
    assert query not in entries()
