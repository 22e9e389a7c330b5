"""How people call what has a long name."""

from __future__ import annotations

import pytest

from rules.near_misses import LONGEST, is_near, keys_of
from rules.pinyin import reading_of, typed
from rules.short_names import MOST, short_names

PLACES = ("示例市", "城东区", "城西区")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("示例市第三十九中学", {"三十九中", "39中", "示例三十九中", "第三十九中学"}),
        ("示例市第四十高级中学", {"四十高", "40高"}),
        ("示例医科大学附属第一医院", {"示医一院", "附属一院", "示例附属一院"}),
        ("示例市第五人民医院", {"五院", "示例五院"}),
        ("示例市自来水集团有限公司", {"自来水集团", "示例自来水集团"}),
        ("示例省电网有限公司示例供电公司", {"供电公司", "示例供电公司"}),
        ("示例市中医医院", {"市中医院", "示例中医院"}),
        ("城东区中心小学", {"中心小学", "城东中心小学"}),
        ("城西区", {"城西"}),
        ("示例社区居委会", {"示例社区"}),
        ("示例岛镇", {"示例岛"}),
        ("示例市一〇七中学", {"107中"}),
    ],
)
def test_a_long_name_is_also_said_short(name, said):
    found = short_names(name, PLACES)

    assert found[0] == name
    assert said <= set(found)


@pytest.mark.parametrize("name", ["", " ", "（）", "中", "第百中学", "示例市", "一二三四五六七八九十" * 20])
def test_odd_names_break_nothing(name):
    assert len(short_names(name, PLACES)) <= MOST


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("燃气", ("ranqi", "rq")),
        ("旅顺", ("lushun", "ls")),
        ("长海县", ("changhaixian", "chx")),
        ("第24中", ("di24zhong", "d24z")),
        ("WiFi 密码", ("wifimima", "wmm")),
        ("😀", ("", "")),
    ],
)
def test_a_text_is_read_as_it_is_typed(text, reading):
    assert reading_of(text) == reading


@pytest.mark.parametrize(
    ("query", "letters"),
    [("ting shui", "tingshui"), ("LvShun", "lushun"), ("B05", "b05"), ("停水", ""), ("2024-1", "")],
)
def test_only_letters_are_pinyin(query, letters):
    assert typed(query) == letters


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("友艾医院", True),
        ("友爱院", True),
        ("友爱的医院", True),
        ("爱友医院", True),
        ("友爱医院", False),
        ("友好大院", False),
        ("医院友爱", False),
        ("友爱", False),
    ],
)
def test_one_slip_is_near(other, near):
    assert is_near("友爱医院", other) is near
    if near:
        assert keys_of("友爱医院") & keys_of(other)


def test_texts_too_short_or_too_long_have_no_keys():
    assert keys_of("友爱") == keys_of("长" * (LONGEST + 1)) == set()
