"""What a part-time clerk pastes, and what stays of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText

from blocks.cleaning import clean_rich_text
from blocks.text import FEATURES, ProseBlock

CLIPBOARD = Path(__file__).parent / "clipboard"


def test_word_leaves_only_its_words_behind():
    pasted = (CLIPBOARD / "word.html").read_text("utf-8")

    cleaned = clean_rich_text(pasted)

    assert cleaned == (
        "<h2><b>关于调整供水价格的说明</b></h2>"
        "<p>自2026年12月1日起执行新价格。</p>"
        "<p>1. 低保户每月免费用水五立方米。</p>"
        '<p>详见<a href="https://example.cn/price">公告</a> （<i>附件</i>）。</p>'
        "<p>项目　元</p>"
        "<p>第一阶梯　3.20</p>"
    )


def test_wps_leaves_only_its_words_behind():
    pasted = (CLIPBOARD / "wps.html").read_text("utf-8")

    cleaned = clean_rich_text(pasted)

    assert cleaned == (
        "<h2><b>一、办理条件</b></h2>"
        "<p>房屋产权人或其委托人，<br/>持有效证件即可办理。</p>"
        "<ul><li>身份证</li><li>不动产权证</li></ul>"
        "<p>2026年11月23日</p>"
    )


@pytest.mark.parametrize("name", ["word.html", "wps.html"])
def test_cleaning_twice_changes_nothing(name):
    once = clean_rich_text((CLIPBOARD / name).read_text("utf-8"))

    assert clean_rich_text(once) == once


@pytest.mark.parametrize("name", ["word.html", "wps.html"])
def test_the_editor_opens_cleaned_text_and_gives_it_back_unchanged(name):
    cleaned = clean_rich_text((CLIPBOARD / name).read_text("utf-8"))
    converter = ContentstateConverter(features=FEATURES)

    given_back = clean_rich_text(converter.to_database_format(converter.from_database_format(cleaned)))

    assert without_keys(given_back) == without_keys(cleaned)


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("", ""),
        ("<p></p><p>&nbsp;</p><p>　　</p><p><br/></p>", ""),
        ("<p>　　缩进</p>", "<p>缩进</p>"),
        ("<p>&emsp;&emsp;缩进</p>", "<p>缩进</p>"),
        ("<p><b>　　</b><b>缩进</b></p>", "<p><b>缩进</b></p>"),
        ("<p>一&nbsp;&nbsp;&nbsp;二</p>", "<p>一 二</p>"),
        ("<p>名称　数量</p>", "<p>名称　数量</p>"),
        ("<p>一<br/><br/><br/>　　二<br/></p>", "<p>一<br/>二</p>"),
        ("没有段落", "<p>没有段落</p>"),
        ("前<b>中</b>后<p>另一段</p>", "<p>前<b>中</b>后</p><p>另一段</p>"),
        ("<div>一</div><div>二</div>", "<p>一</p><p>二</p>"),
        ("<div><p>一</p><p>二</p></div>", "<p>一</p><p>二</p>"),
        ("<ul><li><p>一</p><p>二</p></li></ul>", "<ul><li>一<br/>二</li></ul>"),
        ("<ul><li>一<ul><li>二</li></ul></li></ul>", "<ul><li>一<ul><li>二</li></ul></li></ul>"),
        ("<h4>小标题</h4>", "<h3>小标题</h3>"),
        ("<p>一</p><hr><p>二</p>", "<p>一</p><hr/><p>二</p>"),
        ('<p data-block-key="x1">一</p>', '<p data-block-key="x1">一</p>'),
        ("<p>“引号”与'单引号'&amp;&lt;尖括号&gt;</p>", "<p>“引号”与&#x27;单引号&#x27;&amp;&lt;尖括号&gt;</p>"),
    ],
)
def test_spaces_and_empty_lines_go_and_the_text_stays(pasted, cleaned):
    assert clean_rich_text(pasted) == cleaned


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://example.cn/?a=1&amp;b=2">外</a>',
        '<a id="3" linktype="page">内</a>',
        '<a id="4" linktype="document">文件</a>',
        '<a href="tel:12345">热线</a>',
    ],
)
def test_links_to_pages_documents_and_other_sites_stay(link):
    assert clean_rich_text(f"<p>{link}</p>") == f"<p>{link}</p>"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">点</a>',
        '<p onclick="alert(1)" style="position:fixed">点</p>',
        "<svg><script>alert(1)</script></svg>",
        '<iframe src="https://example.cn"></iframe>',
    ],
)
def test_nothing_that_runs_survives(attack):
    cleaned = clean_rich_text(attack)

    assert not any(word in cleaned for word in ("alert", "script", "onclick", "style", "iframe", "<img"))


def test_an_import_past_the_form_is_cleaned_when_it_is_stored():
    block = ProseBlock()

    stored = block.get_prep_value(RichText("<p>　　一</p><script>alert(1)</script>"))

    assert stored == "<p>一</p>"


def without_keys(html: str) -> str:
    return re.sub(r' data-block-key="[^"]*"', "", html)
