"""How people call what has a long name."""

from __future__ import annotations

import pytest

from rules.near_misses import LONGEST, is_near, keys_of
from rules.pinyin import reading_of, typed
from rules.short_names import MOST, short_names

PLACES = ("大连市", "沙河口区", "甘井子区")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("大连市第二十四中学", {"二十四中", "24中", "大连二十四中", "第二十四中学"}),
        ("大连市第二十高级中学", {"二十高", "20高"}),
        ("大连医科大学附属第一医院", {"大医一院", "附属一院", "大连附属一院"}),
        ("大连市第七人民医院", {"七院", "大连七院"}),
        ("大连市自来水集团有限公司", {"自来水集团", "大连自来水集团"}),
        ("国网辽宁省电力有限公司大连供电公司", {"供电公司", "大连供电公司"}),
        ("大连市中医医院", {"市中医院", "大连中医院"}),
        ("沙河口区中心小学", {"中心小学", "沙河口中心小学"}),
        ("甘井子区", {"甘井子"}),
        ("星海社区居委会", {"星海社区"}),
        ("獐子岛镇", {"獐子岛"}),
        ("大连市一〇三中学", {"103中"}),
    ],
)
def test_a_long_name_is_also_said_short(name, said):
    found = short_names(name, PLACES)

    assert found[0] == name
    assert said <= set(found)


@pytest.mark.parametrize("name", ["", " ", "（）", "中", "第百中学", "大连市", "一二三四五六七八九十" * 20])
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
        ("友宜医院", True),
        ("友谊院", True),
        ("友谊的医院", True),
        ("谊友医院", True),
        ("友谊医院", False),
        ("友好大院", False),
        ("医院友谊", False),
        ("友谊", False),
    ],
)
def test_one_slip_is_near(other, near):
    assert is_near("友谊医院", other) is near
    if near:
        assert keys_of("友谊医院") & keys_of(other)


def test_texts_too_short_or_too_long_have_no_keys():
    assert keys_of("友谊") == keys_of("长" * (LONGEST + 1)) == set()
