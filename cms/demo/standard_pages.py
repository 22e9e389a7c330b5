"""The sample's standard pages and the face of its portal."""

from __future__ import annotations

from typing import Any

from pages.models import StandardPage, StandardPageKind

from .bodies import FILL, paragraphs, stream

PAGES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        StandardPageKind.ABOUT,
        "关于本站",
        "about",
        (
            "办事公开网把学校、医院、供水、供气、供热、供电、公共交通等公共企事业单位依法应当公开的信息集中在一处：一套目录、一个编码、一条责任链。",
            "每条信息由发布单位编辑，经本单位和上级逐级审核后公开，并有永久的索引号。",
        ),
    ),
    (
        StandardPageKind.GUIDE,
        "公开指南",
        "guide",
        (
            "按行业、按单位、按公开目录，或在搜索框里用一个词，都可以找到公开的信息。",
            "认为应当公开而没有公开的，可以向该单位的主管部门申诉；每个单位的页面上都写明它的上级和监督电话。",
        ),
    ),
    (
        StandardPageKind.RULES,
        "法规标准",
        "rules",
        (
            "《中华人民共和国政府信息公开条例》（国务院令第711号）第五十五条。",
            "《公共企事业单位信息公开规定制定办法》（国办发〔2020〕50号）。",
            "《电子政务公共平台　第5部分：办事公开网》（DB21/T 2175.5-2013）。",
        ),
    ),
    (
        StandardPageKind.ACCESSIBILITY,
        "无障碍说明",
        "accessibility",
        (
            "本站可只用键盘操作，可放大到 400%，不依赖脚本；页面顶端可切换长者模式。",
            "每项在线服务都列出电话和现场办理的方式。",
        ),
    ),
    (
        StandardPageKind.PRIVACY,
        "隐私说明",
        "privacy",
        (
            "本站不保存办理业务所需的个人信息：个人信息在提供单位的网站填写，或由本站当场转交提供单位。",
            "本站不使用第三方统计，不设跟踪。",
        ),
    ),
)
HEADLINE = "水电气暖、看病上学，|该公开的都在这里"
SEARCHES = "停水；水价；招生；采暖；挂号"


def add_standard_pages(portal: Any) -> int:
    """Add the standard pages that are missing, and the headline of the portal; return how many pages."""
    if not portal.headline:
        portal.headline, portal.popular_searches = HEADLINE, SEARCHES
        portal.save_revision().publish(skip_permission_checks=True)
        portal.refresh_from_db()
    added = 0
    for kind, title, slug, texts in PAGES:
        if StandardPage.objects.child_of(portal).filter(slug=slug).exists():
            continue
        body = stream(("text", paragraphs(*texts, FILL)))
        page = StandardPage(title=title, slug=slug, kind=kind, body=body, live=False)
        portal.add_child(instance=page)
        page.save_revision().publish(skip_permission_checks=True)
        added += 1
    return added
