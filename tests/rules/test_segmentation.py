"""Chinese words for search: whatever a text contains is found by asking for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.segmentation import (
    INDEX_LIMIT,
    QUERY_LIMIT,
    Dictionary,
    fold,
    query_fallback,
    segment_for_index,
    segment_for_query,
)

TITLES = [
    "大连市教育收费公示公告",
    "查询住房公积金缴存证明",
    "出生医学证明办理须知",
    "甘井子区周水子街道停水通知",
    "居民生活用水价格及相关服务收费标准",
    "2026年度小学招生计划和学区划分",
    "供热质量投诉与室温检测办法",
]


def finds(question: str, text: str, dictionary: Dictionary | None = None) -> bool:
    asked = segment_for_query(question, dictionary=dictionary).split()
    return bool(asked) and set(asked) <= set(segment_for_index(text, dictionary=dictionary).split())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("教育", "大连市教育收费公示公告"),
        ("育收", "大连市教育收费公示公告"),
        ("水", "关于停水的通知"),
        ("周水子", "甘井子区周水子街道"),
        ("公積金", "住房公积金缴存"),
        ("公积金", "住房公積金繳存"),
        ("辦事", "办事公开"),
        ("B01", "目录B01类"),
        ("ｂ０１", "目录 B01"),
        ("210200-W001", "索引号：210200-W001-B01-2026-0017"),
        ("W001", "210200-W001"),
        ("2175.5", "DB21/T 2175.5-2013"),
        ("84345678", "电话０４１１－８４３４５６７８"),
        ("二〇二六", "二〇二六年度"),
    ],
)
def test_a_text_is_found_by_what_stands_in_it(question, text):
    assert finds(question, text)


@pytest.mark.parametrize(("question", "text"), [("供热", "供水"), ("B01", "B02"), ("公积金", "公共积分"), ("", "水")])
def test_a_text_is_not_found_by_what_does_not_stand_in_it(question, text):
    assert not finds(question, text)


@given(st.sampled_from(TITLES), st.data())
def test_every_part_of_a_title_finds_it(title, data):
    start = data.draw(st.integers(0, len(title) - 1))
    end = data.draw(st.integers(start + 1, len(title)))
    han = "".join(part for part in title[start:end] if not part.isdigit())

    assert not han or finds(han, title)


@given(st.text("停水通知办事公开医院学校收费标准大连市区", min_size=1, max_size=40), st.data())
def test_every_part_of_any_run_of_characters_finds_it(run, data):
    start = data.draw(st.integers(0, len(run) - 1))
    part = run[start : data.draw(st.integers(start + 1, len(run)))]

    assert finds(part, run)


@pytest.mark.parametrize("question", ["", "   ", "！？……", "😀", "\x00"])
def test_a_question_without_words_asks_for_nothing(question):
    assert segment_for_query(question) == query_fallback(question) == ""


@given(st.text())
def test_any_text_gives_words_without_signs(text):
    for words in (segment_for_index(text), segment_for_query(text), query_fallback(text)):
        assert all(word.isalnum() or not word.isascii() for word in words.split())
        assert not set("\0\"'()*:&|!<>") & set(words)


def test_words_written_apart_are_found_by_the_shorter_words():
    text = "关于检修停水有关事项的通知"

    assert segment_for_query("停水通知") == "停水通知"
    assert query_fallback("停水通知") == "停水 通知"
    assert not finds("停水通知", text)
    assert set(query_fallback("停水通知").split()) <= set(segment_for_index(text).split())


def test_a_question_of_short_words_has_no_shorter_ones():
    assert query_fallback("医院收费 B01") == segment_for_query("医院收费 B01") == "医院 收费 b01"


def test_only_the_beginning_of_a_long_text_is_indexed():
    text = "水" * INDEX_LIMIT + "电"

    assert "电" not in segment_for_index(text).split()
    assert "电" in segment_for_index(text, limit=None).split()
    assert segment_for_index("停水停电", limit=2) == "停水 停 水"


def test_a_question_is_cut_off_where_no_title_reaches():
    assert len(segment_for_query("a " * 10_000)) <= QUERY_LIMIT


def test_texts_a_reader_takes_for_equal_are_folded_alike():
    assert fold("ＡＢＣ１２３　辦事公開") == "abc123 办事公开"
    assert fold("\ud800水") == "?水"


def test_a_city_s_own_word_is_one_word():
    dictionary = Dictionary(["金普新区"])

    assert segment_for_query("金普新区管委会", dictionary=dictionary) == "金普新区 管委会"
    assert segment_for_query("金普新区管委会") != "金普新区 管委会"
    assert finds("新区", "金普新区管委会", dictionary)


def test_the_version_tells_dictionaries_apart():
    plain, one = Dictionary(), Dictionary(["金普新区", "泡崖"])

    assert plain.version != one.version
    assert one.version == Dictionary(["泡崖", "金普新區", "金普新区 "]).version
    assert plain.version == Dictionary(["", "水", "B超", "两个 词"]).version
