"""Slugs: readable, right, unique, never empty."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.slugs import slug_from_title

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("停水通知", "ting-shui-tong-zhi"),
        ("重庆银行", "chong-qing-yin-hang"),
        ("重要行业", "zhong-yao-hang-ye"),
        ("长海县大长山岛镇", "chang-hai-xian-da-chang-shan-dao-zhen"),
        ("朝阳街", "chao-yang-jie"),
        ("旅顺口区", "lv-shun-kou-qu"),
        ("二次供水与给排水", "er-ci-gong-shui-yu-ji-pai-shui"),
        ("辦事公開", "ban-shi-gong-kai"),
        ("2026年度（第3号）公告！", "2026-nian-du-di-3-hao-gong-gao"),
        ("ＡＢＣ Café", "abc-cafe"),
        ("😀水费😀", "shui-fei"),
    ],
)
def test_a_title_becomes_pinyin_one_can_read(title, slug):
    assert slug_from_title(title, ()) == slug


@pytest.mark.parametrize("title", ["😀", "", "……", "مرحبا", "\ud800"])
def test_a_title_with_nothing_to_read_gets_a_stable_hash(title):
    slug = slug_from_title(title, ())

    assert SLUG.fullmatch(slug)
    assert slug == slug_from_title(title, ())
    assert slug != slug_from_title(title + "☃", ())


def test_a_taken_slug_gets_the_next_number():
    taken = {"ting-shui-tong-zhi", "ting-shui-tong-zhi-2"}

    assert slug_from_title("停水通知", taken) == "ting-shui-tong-zhi-3"


def test_a_long_title_is_cut_between_syllables():
    assert slug_from_title("停水通知", (), max_length=12) == "ting-shui"
    assert slug_from_title("停水通知", (), max_length=9) == "ting-shui"
    assert slug_from_title("停水通知", {"ting-shui"}, max_length=9) == "ting-2"
    assert slug_from_title("a" * 300, (), max_length=20) == "a" * 20


@given(st.text(), st.integers(12, 60), st.integers(0, 12))
def test_every_title_gives_a_free_slug_within_bounds(title, max_length, copies):
    taken: set[str] = set()
    for _ in range(copies):
        taken.add(slug_from_title(title, taken, max_length))

    slug = slug_from_title(title, taken, max_length)

    assert len(taken) == copies
    assert slug not in taken
    assert SLUG.fullmatch(slug)
    assert len(slug) <= max_length
