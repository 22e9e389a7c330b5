"""A common word costs a bounded number of bounded statements, and goes by the index."""

from __future__ import annotations

from itertools import pairwise
from unittest import skipUnless

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_descendants_content_types_pks

from cms.search.backends.among import Among
from cms.search.backends.conditions import Word
from cms.search.backends.shortlists import MOST

PAGES = 6000
# Every other page is about the word, so that reading the whole table would look cheap.
HITS = PAGES // 2


def statements(run) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        run()
    return [query["sql"] for query in captured]


def steps(run) -> int:
    """Count the steps of SQLite's machine, in hundreds: the same on a busy computer and on an idle one."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        run()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


class ManyHits(TestCase):
    """A table of pages, half of which are about 停水."""

    @classmethod
    def setUpTestData(cls):
        root = Page.objects.get(depth=1)
        common = {"depth": 2, "locale": Locale.get_default(), "content_type": ContentType.objects.get_for_model(Page)}
        pages = [
            Page(
                path=root.path + Page._int2str(10_000 + number).rjust(4, "0"),
                slug=f"page-{number}",
                title=f"{'停水' if number % 2 else '供热'}通知{number}号",
                **common,
            )
            for number in range(PAGES)
        ]
        Page.objects.bulk_create(pages)
        backend = get_search_backend()
        backend.add_bulk(Page, Page.objects.filter(slug__startswith="page-"))
        backend.tune()

    def setUp(self):
        # Which types of pages there are is asked once per process.
        get_descendants_content_types_pks(Page)

    def test_the_count_is_exact_and_one_statement(self):
        found = Page.objects.search("停水")

        (statement,) = statements(lambda: self.assertEqual(found.count(), HITS))

        assert statement.startswith("SELECT COUNT(*)")

    def test_the_first_page_is_one_bounded_statement_and_one_fetch(self):
        found = Page.objects.search("停水")[:20]

        ranking, fetch = statements(lambda: self.assertEqual(len(list(found)), 20))

        assert ranking.endswith("LIMIT 20")
        assert ranking.count(IndexEntry._meta.db_table + '"') and '"title" FROM "wagtailcore_page"' not in ranking
        assert fetch.count(", ", fetch.index('"id" IN ('), fetch.index(")", fetch.index('"id" IN ('))) == 19

    def test_a_completion_is_bounded_too(self):
        found = Page.objects.autocomplete("停")[20:40]

        ranking, _fetch = statements(lambda: self.assertEqual(len(list(found)), 20))

        assert ranking.endswith("LIMIT 20 OFFSET 20")

    def test_all_hits_can_be_read(self):
        found = {page.pk for page in Page.objects.search("停水")}

        assert len(found) == HITS

    def test_a_slice_is_the_same_whether_all_hits_are_read_or_not(self):
        found = [page.pk for page in Page.objects.search("停水")]

        for start in (0, 980, 990, 1000, 2000):
            assert [page.pk for page in Page.objects.search("停水")[start : start + 20]] == found[start : start + 20]

    def test_the_last_page_is_what_the_others_left(self):
        found = Page.objects.search("停水")

        assert len(found[HITS - 20 : HITS]) == 20
        assert len(found[HITS : HITS + 20]) == 0

    def test_of_a_common_word_the_latest_are_listed_and_the_list_says_that_there_are_more(self):
        found = get_search_backend().shortlist("停水", Page.objects.all())

        sent = statements(lambda: self.assertEqual(len(list(found[:20])), 20))

        assert (found.count(), found.is_cut) == (MOST, True)
        assert [page.title for page in found[:2]] == [f"停水通知{PAGES - 1}号", f"停水通知{PAGES - 3}号"]
        assert len(sent) <= 10

    def test_of_a_rare_word_all_are_listed_as_a_search_ranks_them(self):
        found = get_search_backend().shortlist("停水 4321", Page.objects.all())

        assert [page.pk for page in found] == [page.pk for page in Page.objects.search("停水 4321")]
        assert (found.count(), found.is_cut) == (1, False)

    def test_what_is_narrowed_is_looked_for_among_all_hits(self):
        wanted = Page.objects.filter(title__endswith="停水通知1号") | Page.objects.filter(title="停水通知11号")
        found = get_search_backend().shortlist("停水", wanted)

        assert {page.title for page in found} == {"停水通知1号", "停水通知11号"}
        assert not found.is_cut

    @skipUnless(connection.vendor == "sqlite", "SQLite counts the steps of its machine")
    def test_twice_as_many_hits_cost_no_more_than_three_times_the_work(self):
        few, many = Page.objects.search("停水"), Page.objects.search("通知")
        assert (few.count(), many.count()) == (HITS, PAGES)

        assert steps(lambda: list(many[:20])) <= 3 * steps(lambda: list(few[:20]))
        assert steps(many.count) <= 3 * steps(few.count)

    @skipUnless(connection.vendor == "sqlite", "SQLite counts the steps of its machine")
    def test_small_sets_are_looked_through_once(self):
        backend, sets = get_search_backend(), [Among(Page.objects.filter(slug__in=["page-1", "page-2"]))]

        few = steps(lambda: self.assertEqual(len(backend.few(Word("停水"), sets)[0]), 1))
        many = steps(lambda: self.assertEqual(len(backend.few(Word("通知"), sets)[0]), 2))

        assert many <= 3 * few

    @skipUnless(connection.vendor == "sqlite", "SQLite counts the steps of its machine")
    def test_a_shortlist_costs_the_same_however_many_hits_there_are(self):
        backend, pages = get_search_backend(), Page.objects.all()

        few = steps(lambda: list(backend.shortlist("停水", pages)[:20]))
        many = steps(lambda: list(backend.shortlist("通知", pages)[:20]))

        assert many <= 1.5 * few

    @skipUnless(connection.vendor == "sqlite", "FTS5 is SQLite's")
    def test_no_row_asks_the_full_text_table_again(self):
        found = Page.objects.search("停水")[:20]

        (ranking, _fetch) = statements(lambda: list(found))

        # Once for the hits, once or twice as a list of title hits; inside EXISTS(…) it would be once for each row.
        assert "MATCH" not in ranking[ranking.index("EXISTS(") : ranking.index("ORDER BY")]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {ranking}")
            plan = [row[-1] for row in cursor.fetchall()]
        matches = [step for step in plan if "VIRTUAL TABLE" in step]
        assert plan[0] == matches[0]
        assert not any("CORRELATED" in before and "VIRTUAL" in step for before, step in pairwise(plan))

    @skipUnless(connection.vendor == "postgresql", "GIN is PostgreSQL's")
    def test_every_search_goes_by_a_stored_index(self):
        searches = {
            "body": [
                Page.objects.search("停水")[:20],
                Page.objects.live().search("停水")[:20],
                Page.objects.search("停水 通知")[:20],
                # In every row, so that a planner who knew it would not take the index.
                Page.objects.search("通知")[:20],
                Page.objects.order_by("title").search("停水", order_by_relevance=False)[:20],
            ],
            "title": [Page.objects.search("停水", fields=["title"])[:20]],
            "autocom": [Page.objects.autocomplete("停")[:20]],
        }

        for column, founds in searches.items():
            for found in founds:
                for statement in (statements(found.count)[0], statements(found.results)[0]):
                    assert f"Index Scan on wagtailsear_{column}" in explained(statement), statement


def explained(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in cursor.fetchall())
