"""The page of text."""

from __future__ import annotations

from tests.blocks.samples import raw_stream
from tests.factories import StandardPage, make_page
from tests.town import Town

from .seen import Seen


def test_it_shows_its_blocks_under_its_title(town: Town):
    page = make_page(
        StandardPage, town.portal, title="公开指南", introduction="怎样查", body=raw_stream("text", "faq", "table")
    )

    seen = Seen(page.url)

    assert "<h1>公开指南</h1>" in seen.html
    assert "怎样查" in seen.main
    assert "缴错了怎么办？" in seen.main
    assert seen.crumbs == ["首页", "公开指南"]


def test_it_leads_to_the_other_texts_of_its_organisation(town: Town):
    page = make_page(StandardPage, town.water, title="用水须知")
    make_page(StandardPage, town.water, title="服务承诺")
    make_page(StandardPage, town.portal, title="关于本站", kind="about")

    related = Seen(page.url).section("相关内容")

    assert "服务承诺" in related
    assert "关于本站" not in related
    assert "示例自来水公司" in Seen(page.url).section("有疑问，找谁")
