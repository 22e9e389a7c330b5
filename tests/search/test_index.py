"""What is stored of an object, and when."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from cms.search.backends.documents import document_of, plain_text
from cms.search.backends.postgres import tsvector
from cms.search.backends.words import WORD_LIMIT
from pages.models import NoticePage, UnitPage
from tests.factories import make_notice

from .conftest import titles

COLUMNS = ("object_id", "title", "body", "autocomplete", "title_norm")


def stored_rows(*, without: Page):
    return list(IndexEntry.objects.exclude(object_id=str(without.pk)).order_by("pk").values_list(*COLUMNS))


def index_statements(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured if IndexEntry._meta.db_table in query["sql"]]


def test_a_save_writes_one_row_and_measures_nothing(add_page):
    page = add_page("停水通知")
    for number in range(3):
        add_page(f"供热公告{number}")
    others = stored_rows(without=page)

    page.title = "停气通知"
    with CaptureQueriesContext(connection) as captured:
        page.save()

    (statement,) = index_statements(captured)
    assert "INSERT" in statement and "AVG(" not in statement
    assert stored_rows(without=page) == others
    assert titles(Page.objects.search("停气")) == ["停气通知"]
    assert titles(Page.objects.search("停水", operator="and")) == []


def test_saving_a_draft_writes_no_row(town):
    page = make_notice(town.water, title="停水通知")
    page.title = "停气通知"

    with CaptureQueriesContext(connection) as captured:
        revision = page.save_revision()

    assert index_statements(captured) == []
    assert titles(NoticePage.objects.search("停水")) == ["停水通知"]
    revision.publish(skip_permission_checks=True)
    assert titles(NoticePage.objects.search("停气")) == ["停气通知"]


def test_a_deleted_object_is_no_longer_found(add_page):
    page = add_page("停水通知")

    key = page.pk

    page.delete()

    assert not IndexEntry.objects.filter(object_id=str(key)).exists()
    assert Page.objects.search("停水").count() == 0


def test_only_the_beginning_of_a_body_is_stored(add_page):
    add_page("通知", "供热" + "一" * 1998 + "停水")

    assert Page.objects.search("供热").count() == 1
    assert Page.objects.search("停水").count() == 0


def test_how_much_is_stored_is_a_setting(add_page):
    page = add_page("通知", "供热公告停水")
    backend = get_search_backend("default", BODY_LIMIT=4)

    backend.add(page)

    assert Page.objects.search("供热").count() == 1
    assert Page.objects.search("停水", operator="and").count() == 0


def test_words_of_any_length_are_cut_alike(add_page):
    page = add_page("x" * 200)

    assert {len(word) for word in document_of(page, 2000).title} == {WORD_LIMIT}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("停水", "停水"),
        (["停水", None, ["通知"]], "停水\n\n通知"),
        ({"a": "停水", "b": 1}, "停水\n1"),
        (7, "7"),
    ],
)
def test_the_value_of_any_field_reads_as_text(value, text):
    assert plain_text(value) == text


def test_a_rebuild_stores_what_is_there_and_clears_away_what_is_not(add_page):
    page = add_page("停水通知")
    add_page("供热公告")
    IndexEntry.objects.filter(object_id=str(page.pk)).delete()
    stale = IndexEntry.objects.order_by("pk").last()
    IndexEntry.objects.create(
        content_type_id=stale.content_type_id, object_id="987654321", title="", body="", autocomplete=""
    )

    call_command("update_index", stdout=StringIO())

    assert not IndexEntry.objects.filter(object_id="987654321").exists()
    assert titles(Page.objects.search("停水")) == ["停水通知"]
    assert titles(Page.objects.search("供热")) == ["供热公告"]


def test_a_reset_forgets_everything(add_page):
    add_page("停水通知")

    get_search_backend().reset_indexes()

    assert not IndexEntry.objects.exists()
    assert Page.objects.search("停水").count() == 0


def test_an_object_stored_twice_is_found_once(add_page):
    page = add_page("停水通知")
    backend = get_search_backend()

    backend.add_bulk(Page, [page, page])
    # What is left behind when a page becomes one of another type.
    IndexEntry.objects.create(
        content_type=ContentType.objects.get_for_model(UnitPage),
        object_id=str(page.pk),
        **backend.columns_of(document_of(page, 2000)),
    )

    found = Page.objects.search("停水")
    assert titles(found) == ["停水通知"]
    assert found.count() == 1


def test_publishing_asks_nothing_of_the_whole_index(add_page):
    page = add_page("示例")
    page.title = "示例二"

    with CaptureQueriesContext(connection) as queries:
        page.save_revision().publish()

    asked = [query["sql"] for query in queries if IndexEntry._meta.db_table in query["sql"]]
    assert asked
    # One row is written; Wagtail's own backend would measure all titles, and set their norms anew.
    assert [sql for sql in asked if not sql.startswith("INSERT")] == []
    assert not any("AVG(" in sql or 'title_norm" =' in sql for sql in asked)


def test_a_word_of_title_and_body_has_all_its_places():
    assert tsvector(["水", "价"], ["水", "费", "水"]) == "'水':1A,4,6 '价':2A '费':5"
