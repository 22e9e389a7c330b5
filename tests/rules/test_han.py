"""Traditional and Simplified Chinese."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.han import TRADITIONAL_CONFIGS, to_simplified, to_traditional


def test_simplified_is_written_in_traditional_characters():
    assert to_traditional("用水价格，见公告／身份证／营业厅") == "用水價格，見公告／身份證／營業廳"
    assert to_traditional("干部干净的头发", "s2t") == "幹部乾淨的頭髮"
    assert to_traditional("台湾里面", "s2hk") == "台灣裏面"
    assert to_traditional("网络软件信息", "s2twp") == "網路軟體資訊"


def test_traditional_is_written_in_simplified_characters():
    assert to_simplified("辦事公開辦公室") == "办事公开办公室"


def test_markup_stays_as_it_is():
    assert to_traditional('<a href="/zhong/" title="说明">说明</a>') == '<a href="/zhong/" title="說明">說明</a>'


@pytest.mark.parametrize("config", ["t2s", "nope", "", "../s2t", "/etc/passwd"])
def test_only_known_conversions_are_taken(config):
    with pytest.raises(ValueError, match="繁体转换方案"):
        to_traditional("水", config)


@pytest.mark.parametrize("config", TRADITIONAL_CONFIGS)
def test_nothing_is_lost_behind_odd_characters(config):
    assert to_traditional("水\0电", config) == "水\0電"
    assert to_traditional("水\ud800", config) == "水?"


@given(st.text())
def test_any_text_can_be_converted(text):
    assert to_traditional(text).count("\0") == text.count("\0")


def test_many_threads_share_one_converter():
    with ThreadPoolExecutor(8) as threads:
        results = set(threads.map(to_traditional, ["办事公开" * 500] * 200))

    assert results == {"辦事公開" * 500}
