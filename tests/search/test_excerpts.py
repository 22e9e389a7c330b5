"""What a result shows of a text."""

from __future__ import annotations

import pytest

from cms.search.excerpts import LENGTH, excerpt, marked, words_to_mark


def test_words_are_marked_and_everything_is_escaped():
    assert marked("<b>停水</b>通知", ["停水"]) == "&lt;b&gt;<mark>停水</mark>&lt;/b&gt;通知"


def test_the_whole_query_is_marked_as_one():
    assert marked("计划停水通知", words_to_mark("计划停水")) == "<mark>计划停水</mark>通知"


def test_case_does_not_matter():
    assert marked("Water PRICES", ["prices"]) == "Water <mark>PRICES</mark>"


def test_the_excerpt_begins_with_the_sentence_of_the_first_hit():
    text = "前面的话。" * 20 + "这里说停水。" + "后面的话。" * 40

    found = excerpt(text, ["停水"])

    assert found.startswith("…这里说<mark>停水</mark>")
    assert found.endswith("…")


def test_without_a_hit_it_is_the_beginning():
    assert excerpt("一" * 300, ["停水"]) == "一" * LENGTH + "…"


@pytest.mark.parametrize("text", ["", "  \n "])
def test_of_nothing_it_shows_nothing(text):
    assert excerpt(text, ["停水"]) == ""


@pytest.mark.parametrize("query", ["", "   ", "(*", "\\"])
def test_a_query_without_words_marks_nothing_wrong(query):
    assert marked("文字", words_to_mark(query)) == "文字"
