"""Nothing anybody can type makes a search fail."""

from __future__ import annotations

import pytest
from wagtail.models import Page
from wagtail.search.query import And, Fuzzy, Not, Phrase, PlainText
from wagtail.search.utils import parse_query_string

from .conftest import titles

MEANINGLESS = [
    "",
    " \n\t",
    "\x00",
    "\ud800",
    "!!!",
    "。，、；",
    "😀🎉",
    '"',
    '"""',
    "'",
    "''",
    "*",
    "(",
    "))",
    "^",
    "%",
    "_",
    "\\",
    "\u200b",
]
HOSTILE = [
    "AND",
    "OR NOT",
    "NEAR(",
    "NEAR(停水 通知, 2)",
    "停*",
    '"停水',
    "停水 AND",
    "title:停水",
    "{title} : 停水",
    "-停水",
    "停水:*A & !通知",
    "'停':*",
    "'; DROP TABLE wagtailcore_page; --",
    "1 OR 1=1",
    "%s %(x)s {0}",
    "ก็ \u0301 ﷺ ½ ß 𠮷 \U00031350",
    "字" * 5000,
    "a" * 5000,
    "停水 " * 500,
    " ".join(f'"{chr(0x4E00 + at)}"' for at in range(500)),
]


@pytest.mark.parametrize("query", MEANINGLESS, ids=ascii)
def test_a_query_without_words_finds_nothing(add_page, query):
    add_page("停水通知")

    for found in (Page.objects.search(query), Page.objects.autocomplete(query), Page.objects.search(Phrase(query))):
        assert (list(found), found.count()) == ([], 0)


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query)[:40])
def test_a_query_in_a_query_language_is_only_words(add_page, query):
    add_page("停水通知")
    _, parsed = parse_query_string(query)
    queries = [query, PlainText(query, "or"), Phrase(query), Fuzzy(query), And([parsed, Not(PlainText(query))]), parsed]

    for asked in queries:
        for found in (Page.objects.search(asked), Page.objects.autocomplete(asked)):
            assert len(list(found[:5])) == min(found.count(), 5)


@pytest.mark.parametrize(
    "query", ["\x00停水", "停\x00水\x00", "停水\ud800", '停水" OR "', "停水*", "（停水）", "停水😀"]
)
def test_noise_around_words_does_not_hide_them(add_page, query):
    add_page("停水通知")

    assert titles(Page.objects.search(query)) == ["停水通知"]


def test_a_text_with_noise_can_be_stored(add_page):
    add_page("停水通知😀", "'; DROP TABLE '':A \\ \u200b " + "字" * 300 + " " + "a" * 3000)

    assert titles(Page.objects.search("停水")) == ["停水通知😀"]
    assert titles(Page.objects.search("a" * 3000)) == ["停水通知😀"]
