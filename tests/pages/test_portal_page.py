"""The home page of a city shows what is really there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from snippets.models import PortalSettings
from tests.factories import (
    IndustryPage,
    NoticeIndexPage,
    ServiceIndexPage,
    make_disclosure,
    make_industry,
    make_notice,
    make_page,
    make_service_item,
    make_unit,
)
from tests.town import Town

from .seen import Seen

pytestmark = pytest.mark.usefixtures("clock")


def open_industries(town: Town) -> None:
    for name in ("water", "education", "services"):
        industry = town.industries[name]
        make_page(IndustryPage, town.portal, title=industry.title, industry=industry)


def test_the_home_page_says_what_can_be_found_here(town: Town):
    town.portal.headline = "水电气暖，|都在这里"
    town.portal.popular_searches = "停水；水价"
    town.portal.save_revision().publish()

    home = Seen("/")

    assert "<h1>水电气暖，<br>都在这里</h1>" in home.html
    assert home.links["停水"].endswith("?q=%E5%81%9C%E6%B0%B4")
    assert "第五十五条" in home.main


def test_a_headline_is_text_and_never_markup(town: Town):
    town.portal.headline = "<script>alert(1)</script>|二"
    town.portal.save_revision().publish()

    home = Seen("/")

    assert "<script>alert(1)" not in home.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>二" in home.html


def test_statutory_industries_are_doors_and_the_others_words(town: Town):
    open_industries(town)

    home = Seen("/")

    assert [door["title"] for door in home.context["doors"]] == ["教育", "供水"]
    assert [door["character"] for door in home.context["doors"]] == ["学", "水"]
    assert [word["title"] for word in home.context["words"]] == ["政务服务"]


def test_a_statutory_industry_without_a_sign_shows_what_its_name_ends_in(town: Town):
    gas = make_industry("gas", title="供气", is_statutory=True)
    make_page(IndustryPage, town.portal, title="供气", industry=gas)

    assert Seen("/").context["doors"][0]["character"] == "气"


def test_the_numbers_of_units_are_counted_with_the_branches(town: Town):
    open_industries(town)
    make_unit(town.education_office, title="示例二小", industry=town.industries["primary"])
    make_unit(town.education_office, title="未公布的小学", industry=town.industries["primary"], live=False)

    home = Seen("/")

    assert [(door["title"], door["number"]) for door in home.context["doors"]] == [("教育", 2), ("供水", 1)]


def test_an_industry_without_a_page_is_not_shown(town: Town):
    home = Seen("/")

    assert home.context["doors"] == []
    assert "按行业查" not in home.main


def test_an_emergency_comes_before_what_runs_and_what_is_ahead(town: Town):
    now = timezone.now()
    make_notice(town.water, title="明日停水", starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))
    make_notice(town.water, title="检修", starts_at=now - timedelta(hours=2), ends_at=now + timedelta(hours=2))
    make_notice(
        town.water, title="爆管", kind="emergency", starts_at=now - timedelta(hours=3), ends_at=now + timedelta(hours=1)
    )
    make_notice(town.water, title="上月停水", starts_at=now - timedelta(days=30), ends_at=now - timedelta(days=29))

    home = Seen("/")

    assert [row["title"] for row in home.context["notices"]] == ["爆管", "检修", "明日停水"]
    assert [row["when"] for row in home.context["notices"]] == ["紧急 正在处理", "进行中", "11月24日 9:30起"]
    assert home.context["notices"][0]["until"] == "今天 6:30起，到10:30"


def test_a_notice_without_an_end_is_news_for_two_weeks(town: Town, clock):
    make_notice(town.water, title="征求意见")

    assert "征求意见" in Seen("/").section("今天的通告")

    clock.shift(timedelta(days=15))
    assert Seen("/").section("今天的通告") == ""


def test_services_stand_by_class_with_their_number(town: Town):
    hall = make_page(ServiceIndexPage, town.portal, title="在线服务")
    for number in range(6):
        make_service_item(town.water, town.industries["water"], title=f"查询{number}")
    make_service_item(town.water, town.industries["water"], title="缴水费", service_class="payment")
    make_service_item(town.water, town.industries["water"], title="未公布", live=False)

    home = Seen("/")

    classes = [(each["title"], each["number"], len(each["links"])) for each in home.context["service_classes"]]
    assert classes == [("查询", 6, 4), ("缴费", 1, 1)]
    assert home.links["缴水费"].startswith(hall.url)
    assert "7 项服务" in home.section("在线服务")


def test_the_newest_disclosures_carry_their_index_number_and_validity(town: Town):
    old = make_disclosure(town.water, town.entries["water_price"], title="旧水价")
    make_disclosure(town.water, town.entries["water_price"], title="新水价", supersedes=old)

    rows = Seen("/").context["disclosures"]

    assert [(row["title"], row["status"], row["void"]) for row in rows] == [
        ("新水价", "现行有效", False),
        ("旧水价", "已被替代", True),
    ]
    assert rows[0]["index_number"].endswith("/2026-00002")


def test_a_withdrawn_disclosure_leaves_the_home_page(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="误发").unpublish()

    assert "误发" not in Seen("/").html


def test_without_disclosures_the_home_page_says_what_will_stand_there(town: Town):
    settings = PortalSettings.for_site(Site.objects.get())
    settings.host_name, settings.contact_phone = "示例市办公室", "0411-0000-0000"
    settings.save()

    latest = Seen("/").section("最新公开")

    assert "各单位经审核公开的信息按时间列在这里。" in latest
    assert "由示例市办公室负责" in latest


def test_the_home_page_leads_to_all_notices(town: Town):
    make_page(NoticeIndexPage, town.portal, title="公告")
    make_notice(town.water, title="征求意见")

    assert Seen("/").links["全部通告"] == "/gong-gao/"


def test_a_sample_site_says_so_at_the_top(town: Town):
    settings = PortalSettings.for_site(Site.objects.get())
    settings.is_sample = True
    settings.save()

    home = Seen("/")

    assert "本站内容为演示而编写" in home.html
    assert "（示例）</title>" in home.html


def test_the_number_of_queries_does_not_grow_with_the_content(town: Town, django_assert_max_num_queries):
    open_industries(town)
    make_page(ServiceIndexPage, town.portal, title="在线服务")
    make_page(NoticeIndexPage, town.portal, title="公告")
    for number in range(8):
        make_disclosure(town.water, town.entries["water_profile"], title=f"概况{number}")
        make_notice(town.school, title=f"公告{number}")
        make_service_item(town.water, town.industries["water"])

    with django_assert_max_num_queries(25):
        assert Seen("/").status == 200


def test_the_three_modules_the_standard_asks_for_stand_on_the_home_page(town: Town):
    # DB21/T 2175.5 §4.1.6: search, service map, personal customisation.
    home = Seen("/")

    assert 'role="search" action="/search/"' in home.html
    assert 'action="/map/"' in home.html
    assert home.links["选我的行业"] == "/mine/"
    assert home.links["查哪家单位为我家服务"] == "/map/serving/"
