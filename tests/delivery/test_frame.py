"""What stands around every page: navigation, footer, elder mode; what it costs."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from cms.context import portal
from tests.factories import IndustryPage, NoticeIndexPage, ServiceIndexPage, StandardPage, make_notice, make_page
from tests.pages.seen import Seen
from tests.town import Town


def current(seen: Seen) -> list[str]:
    return [item["title"] for item in seen.context["portal"]["nav"] if item["current"]]


def test_the_navigation_leads_to_what_there_is(town: Town):
    make_page(ServiceIndexPage, town.portal, title="在线服务")

    home = Seen("/")

    assert [item["title"] for item in home.context["portal"]["nav"]] == ["行业", "办事", "地图", "名录"]
    assert current(home) == []


def test_the_navigation_says_where_a_page_belongs(town: Town):
    notices = make_page(NoticeIndexPage, town.portal, title="公告")
    notice = make_notice(town.water)
    industry = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])

    assert current(Seen(notices.url)) == current(Seen(notice.url)) == ["公告"]
    assert current(Seen(industry.url)) == current(Seen(town.water.url)) == ["行业"]
    assert current(Seen(town.district.url)) == []


def test_the_footer_links_the_first_text_of_each_kind(town: Town):
    make_page(StandardPage, town.portal, title="隐私说明", kind="privacy")
    make_page(StandardPage, town.portal, title="关于本站", kind="about")
    make_page(StandardPage, town.portal, title="更多关于本站", kind="about")
    make_page(StandardPage, town.water, title="别家的指南", kind="guide")

    titles = [link["title"] for link in Seen("/").context["portal"]["footer_links"]]

    assert titles[:3] == ["关于本站", "隐私说明", "收录单位名录"]


def test_the_frame_costs_at_most_nine_queries(town: Town, django_assert_max_num_queries):
    for kind in ("about", "guide", "rules", "privacy"):
        make_page(StandardPage, town.portal, kind=kind)
    # Once per process: types, locale, addresses of the sites.
    assert portal(RequestFactory().get("/"))["portal"]["nav"]
    cache.delete("portal-figures")

    with django_assert_max_num_queries(9):
        frame = portal(RequestFactory().get("/"))["portal"]
        assert len(frame["footer_links"]) > 4
        assert frame["nav"]


def test_elder_mode_is_asked_for_by_address_and_remembered(town: Town):
    reader = Client(SERVER_NAME="localhost")

    asked = Seen("/", reader, mode="elder")
    later = Seen(town.water.url, reader)

    assert 'class="elder"' in asked.html
    assert 'class="elder"' in later.html
    assert later.links["标准模式"] == "?mode=standard"


def test_the_standard_mode_comes_back(town: Town):
    reader = Client(SERVER_NAME="localhost")
    Seen("/", reader, mode="elder")

    back = Seen("/", reader, mode="standard")

    assert 'class="elder"' not in back.html
    assert 'class="elder"' not in Seen("/", reader).html


def test_the_cookie_knows_nothing_about_a_person(town: Town):
    response = Seen("/", mode="elder").response

    assert list(response.cookies) == ["mode"]
    assert response.cookies["mode"].value == "elder"
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("nonsense", ["", "large", "elder; path=/admin", "\x00"])
def test_an_unknown_mode_is_not_remembered(town: Town, nonsense: str):
    response = Seen("/", mode=nonsense).response

    assert response.status_code == 200
    assert "mode" not in response.cookies
