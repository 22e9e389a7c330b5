"""A banner stands on every page in its reach while its notice runs, and on no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.alerts.showing import alerts_on
from pages.models import NoticePage
from pages.presentation import Reader
from tests.factories import IndustryPage, NoticeIndexPage, make_disclosure, make_notice, make_page
from tests.languages.acts import in_english
from tests.town import Town

TITLE = "示例紧急停水"


def alert(writer: Any, scope: str, **fields: Any) -> Any:
    """Publish a banner that runs for two hours."""
    times = {"starts_at": timezone.now() - timedelta(minutes=1), "ends_at": timezone.now() + timedelta(hours=2)}
    values = {"title": TITLE, "kind": "emergency", "alert_severity": "red", **times, **fields}
    return make_notice(writer, alert_scope=scope, **values)


def banner(address: str) -> str:
    """Return the banners of a page, empty where there are none."""
    text = Client().get(address).content.decode()
    start = text.find('<section class="alerts"')
    return text[start : text.index("</section>", start)] if start >= 0 else ""


def shows(*addresses: str) -> list[bool]:
    return [TITLE in banner(address) for address in addresses]


def test_for_a_unit_and_what_stands_below_it(town: Town):
    price = make_disclosure(town.water, town.entries["water_price"])
    alert(town.water, "organisation")

    assert shows(town.water.url, price.url, f"{town.water.url}catalogue/") == [True, True, True]
    assert shows("/", town.water_office.url, town.school.url, "/search/", "/mei-you/") == [False] * 5


def test_for_the_whole_city(town: Town):
    alert(town.portal, "city")

    assert shows("/", town.school.url, "/search/", "/mine/", "/map/", "/mei-you/") == [True] * 6


def test_whoever_reads_the_map_in_another_site_is_told_of_the_gravest(town: Town):
    red = alert(town.portal, "city", title="示例台风红色预警")
    alert(town.portal, "city", title="示例大风", alert_severity="orange")
    alert(town.water, "organisation", title="示例爆管")

    found = banner("/map/embed/")

    assert f'href="{red.url}"' in found and "示例台风红色预警" in found
    assert "示例大风" not in found and "示例爆管" not in found


def test_what_is_less_than_red_does_not_stand_above_the_map_of_another_site(town: Town):
    alert(town.portal, "city", alert_severity="orange")

    assert banner("/map/embed/") == ""


def test_for_a_district_and_nobody_else_in_the_city(town: Town):
    alert(town.portal, "district", division_codes="210202")

    assert shows(town.district.url, town.school.url, town.hall.url) == [True] * 3
    assert shows("/", town.water.url) == [False, False]


def test_for_an_industry_with_its_branches(town: Town):
    page = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    alert(town.water_office, "industry")

    assert shows(page.url, town.water.url, town.water_office.url) == [True] * 3
    assert shows("/", town.school.url) == [False, False]


def test_it_begins_and_ends_by_itself(clock: Any, town: Town):
    now = timezone.now()
    alert(town.water, "organisation", starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=3))

    found = []
    for hours in (0, 2, 2):
        clock.shift(timedelta(hours=hours))
        found += shows(town.water.url)

    assert found == [False, True, False]


def test_withdrawn_it_goes_at_once(town: Town):
    alert(town.water, "organisation").unpublish()

    assert shows(town.water.url) == [False]


def test_the_gravest_stand_first_and_the_rest_is_counted(town: Town):
    make_page(NoticeIndexPage, town.portal, title="公告")
    for grade in ("blue", "yellow", "red", "orange"):
        alert(town.portal, "city", title=f"示例{grade}", alert_severity=grade)

    found = banner("/")

    places = [found.find(f"示例{grade}") for grade in ("red", "orange", "yellow")]
    assert places == sorted(places)
    assert -1 not in places
    assert "示例blue" not in found
    assert "另有 1 条紧急通知" in found


def test_what_is_not_translated_says_so_in_the_language_around_it(town: Town):
    in_english(town.portal)
    alert(town.portal, "city")

    found = banner("/en/")

    assert f'lang="zh-Hans">{TITLE}</a>' in found


def test_in_traditional_characters_it_is_written_in_them(town: Town):
    alert(town.portal, "city")

    assert "示例緊急停水" in banner("/zh-hant/")


def test_it_is_a_region_with_a_name_and_interrupts_nobody(town: Town):
    alert(town.portal, "city")

    found = banner("/")

    assert 'aria-label="紧急通知"' in found
    assert "alert" not in [part.split('"')[0] for part in found.split('role="')[1:]]
    assert "特别严重" in found


@pytest.mark.parametrize(
    ("writer", "values", "field"),
    [
        ("water", {"alert_scope": "organisation", "ends_at": None}, "ends_at"),
        ("water", {"alert_scope": "organisation", "days": 20}, "ends_at"),
        ("school", {"alert_scope": "city"}, "alert_scope"),
        ("school", {"alert_scope": "industry"}, "alert_scope"),
        ("water", {"alert_scope": "district", "division_codes": "210200"}, "alert_scope"),
        ("portal", {"alert_scope": "industry"}, "alert_scope"),
        ("water", {"alert_scope": "organisation", "alert_severity": ""}, "alert_severity"),
    ],
)
def test_what_may_not_be_a_banner_says_why(town: Town, writer: str, values: dict[str, Any], field: str):
    end = timezone.now() + timedelta(days=values.pop("days", 1))

    with pytest.raises(ValidationError) as refused:
        make_notice(getattr(town, writer), **{"ends_at": end, **values})

    assert list(refused.value.message_dict) == [field]


def test_on_the_pages_of_others_it_waits_for_the_head_of_the_chain(town: Town):
    own = NoticePage(kind="emergency", alert_scope="organisation")
    wide = NoticePage(kind="emergency", alert_scope="city")

    assert (own.approval_tiers, own.tiers_afterwards) == (1, [2])
    assert (wide.approval_tiers, wide.tiers_afterwards) == (3, [])


def test_a_page_costs_one_query_more_and_few_while_there_are_many(town: Town, django_assert_max_num_queries: Any):

    reader = Reader(RequestFactory().get("/"))
    with django_assert_max_num_queries(1):
        assert alerts_on(town.water, reader).rows == []
    for number in range(6):
        alert(town.water, "organisation", title=f"{TITLE}{number}")
        alert(town.portal, "district", division_codes="210202")

    with django_assert_max_num_queries(6):
        assert len(alerts_on(town.water, reader).rows) == 3
