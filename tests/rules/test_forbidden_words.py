"""Words of a list: found however they are written, the longest first, where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.forbidden_words import WordList

WORDS = WordList(["停水", "停水通知", "国家级", "最佳", "KTV", "第1"])


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], word) for start, end, word in WORDS.find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "停水",
        "停 水",
        "停　水",
        "停\u200b水",
        "停*水",
        "停-水",
        "停_水",
        "停・水",
        "停|水",
        "停\n水",
        "停 \r\n 水",
        "停 - 水",
    ],
)
def test_a_word_is_found_however_it_is_torn_apart(written):
    assert found(f"今日{written}。") == [(written, "停水")]


@pytest.mark.parametrize("written", ["國家級", "国家级", "ktv", "ＫＴＶ", "K\u00adTV", "第１"])
def test_a_word_is_found_in_any_width_case_and_script(written):
    assert [text for text, _ in found(f"这是{written}的")] == [written]


@pytest.mark.parametrize(
    "text", ["", "停。水", "停，水", "停、水", "停\n\n水", "（停）水", "停……水", "KTVs", "第12", "AKTV"]
)
def test_a_sentence_s_end_and_a_longer_latin_word_keep_words_apart(text):
    assert found(text) == []


def test_the_longest_word_counts():
    assert found("停水通知和停水") == [("停水通知", "停水通知"), ("停水", "停水")]
    assert WordList(["甲乙", "乙丙丁"]).find("甲乙丙丁") == [(1, 4, "乙丙丁")]


def test_the_word_is_given_as_the_list_writes_it():
    assert WordList(["ＫＴＶ "]).find("去ktv") == [(1, 4, "ＫＴＶ ")]


@pytest.mark.parametrize("words", [[], [""], [" ", "\u200b"]])
def test_a_list_without_words_finds_nothing(words):
    assert WordList(words).find("停水") == []


@given(st.text(), st.text("停水通知最佳", min_size=1, max_size=5), st.text())
def test_a_word_is_found_in_any_text(before, word, after):
    text = before + word + after

    hits = WordList([word]).find(text)

    assert any(start < len(before) + len(word) and end > len(before) for start, end, _ in hits)


@given(st.lists(st.text(max_size=4)), st.text())
def test_hits_stand_in_the_text_in_order_and_apart(words, text):
    hits = WordList(words).find(text)

    ends = [0, *(hit.end for hit in hits)]
    assert all(end <= hit.start < hit.end <= len(text) for end, hit in zip(ends, hits, strict=False))


@pytest.mark.parametrize("filler", ["停", "K", " ", "1"])
def test_a_megabyte_of_one_character_is_read(filler):
    assert WORDS.find(filler * 1_000_000) == []
