"""What machines read of a page: government page tags, schema.org, feeds."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pages.json_ld import script
from pages.models import OrganisationPhone
from tests.factories import (
    IndustryPage,
    NoticeIndexPage,
    ServiceIndexPage,
    StandardPage,
    make_disclosure,
    make_notice,
    make_page,
    make_service_item,
)
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def tags(seen: Seen) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', seen.html))


def things(seen: Seen) -> dict[str, dict]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', seen.html, re.DOTALL)
    assert found
    graph = json.loads(found[1])
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in graph["@graph"]}


def test_a_disclosure_carries_the_tags_of_its_column_and_its_own(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表", summary="概述。")

    found = tags(Seen(page.url))

    assert found["ColumnName"] == "基本信息"
    assert found["ColumnType"] == "信息公开目录"
    assert found["ArticleTitle"] == "水价表"
    assert found["PubDate"] == "2026-11-23 09:30"
    assert found["ContentSource"] == "示例自来水公司"
    assert found["Description"] == "概述。"
    assert found["Url"] == f"http://localhost{page.url}"


def test_a_later_change_does_not_move_the_date_of_publication(town: Town, clock):
    page = make_disclosure(town.water, town.entries["water_price"])
    clock.shift(40 * 24 * 3600)

    page.save_revision().publish(skip_permission_checks=True)

    assert tags(Seen(page.url))["PubDate"] == "2026-11-23 09:30"


def test_every_column_has_the_four_required_tags(town: Town):
    pages = [
        make_page(NoticeIndexPage, town.portal, title="公示公告"),
        make_page(ServiceIndexPage, town.portal, title="办事"),
        make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"]),
        town.water,
        town.district,
    ]
    addresses = [*(page.url for page in pages), "/roster/", f"{town.water.url}catalogue/"]

    for address in addresses:
        found = tags(Seen(address))
        assert all(found[f"Column{part}"] for part in ("Name", "Description", "Keywords", "Type")), address
        assert "ArticleTitle" not in found


def test_the_home_page_has_the_tags_of_the_site_only(town: Town):
    assert {name for name in tags(Seen(town.portal.url)) if not name.startswith("Site")} == set()


def test_a_text_page_is_an_article(town: Town):
    page = make_page(StandardPage, town.portal, title="公开指南", body=[("text", "<p>怎样查。</p>")])

    assert tags(Seen(page.url))["ArticleTitle"] == "公开指南"


def test_organisations_are_named_as_schema_org_names_them(town: Town):
    town.water.phones.add(OrganisationPhone(label="热线", number="0411-0000-0000"))
    town.water.save_revision().publish(skip_permission_checks=True)

    assert things(Seen(town.portal.url))["GovernmentOrganization"]["name"] == "示例市办事公开网"
    water = things(Seen(town.water.url))["Organization"]
    assert (water["name"], water["telephone"]) == ("示例自来水公司", "0411-0000-0000")
    assert water["parentOrganization"]["name"] == "市水务局"
    assert "address" not in water
    assert things(Seen(town.school.url))["School"]["name"] == "示例小学"


def test_a_disclosure_is_a_work_of_its_publisher(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")

    work = things(Seen(page.url))["Article"]

    assert work["identifier"]["value"] == page.record.index_number
    assert work["datePublished"] == "2026-11-23T09:30+08:00"
    assert work["publisher"]["name"] == "示例自来水公司"
    assert work["publisher"]["@type"] == "Organization"
    assert (work["inLanguage"], work["creativeWorkStatus"]) == ("zh-Hans", "现行有效")


def test_a_notice_is_a_special_announcement(town: Town):
    now = timezone.now()
    page = make_notice(town.water, title="停水", starts_at=now, ends_at=now + timedelta(hours=8), area="示例街道")

    notice = things(Seen(page.url))["SpecialAnnouncement"]

    assert notice["expires"] == "2026-11-23T17:30+08:00"
    assert notice["temporalCoverage"] == "2026-11-23T09:30+08:00/2026-11-23T17:30+08:00"
    assert notice["spatialCoverage"]["name"] == "示例街道"


def test_a_guide_is_a_government_service(town: Town):
    hall = make_page(ServiceIndexPage, town.portal, title="办事")
    make_service_item(town.water, title="缴水费", code="pay", link="https://pay.example.com/", phone="0411-0000-0000")

    service = things(Seen(f"{hall.url}pay/"))["GovernmentService"]

    assert service["provider"]["name"] == "示例自来水公司"
    assert service["availableChannel"]["serviceUrl"] == "https://pay.example.com/"


def test_the_breadcrumbs_are_there_for_machines(town: Town):
    found = things(Seen(town.water.url))["BreadcrumbList"]["itemListElement"]

    assert [item["name"] for item in found] == ["首页", "市水务局", "示例自来水公司"]
    assert found[1]["item"] == f"http://localhost{town.water_office.url}"


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!-- <script>", '"\\', "\u2028&amp;"])
def test_a_hostile_title_stays_text(town: Town, title):
    page = make_disclosure(town.water, town.entries["water_price"], title=title)

    seen = Seen(page.url)

    assert things(seen)["Article"]["name"] == title
    assert "<script>alert" not in seen.html


def test_nothing_empty_is_said():
    text = script([{"@type": "Thing", "name": "", "url": None, "image": [], "geo": {"lat": None}}, None])

    assert json.loads(text)["@graph"] == [{"@type": "Thing"}]


def test_traditional_characters_reach_the_machines_too(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")

    work = things(Seen(f"/zh-hant{page.url}"))["Article"]

    assert (work["name"], work["inLanguage"]) == ("水價表", "zh-Hant")
    assert work["url"] == f"http://localhost/zh-hant{page.url}"


def test_pages_name_their_feed(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"])

    assert f'href="{town.water.url}feed.atom"' in Seen(town.water.url).html
    assert f'href="{town.water.url}feed.atom"' in Seen(page.url).html
    assert 'href="/feed.atom"' in Seen("/roster/").html
