"""Where the switch of languages leads, which versions exist, and what a missing translation says."""

from __future__ import annotations

import re

import pytest
from time_machine import TimeMachineFixture

from tests.factories import StandardPage, make_disclosure, make_notice, make_page
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def switch(seen: Seen) -> dict[str, str]:
    return {language["lang"]: language["url"] for language in seen.context["portal"]["languages"]}


def alternates(seen: Seen) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://localhost([^"]*)"', seen.html))


def canonical(seen: Seen) -> str:
    return re.findall(r'<link rel="canonical" href="http://localhost([^"]*)"', seen.html)[0]


def test_a_page_without_translation_exists_in_chinese_only(town: Town):
    water = Seen(town.water.url)

    assert switch(water) == {
        "zh-Hans": town.water.url,
        "zh-Hant": f"/zh-hant{town.water.url}",
        "en": f"/en{town.water.url}",
    }
    assert alternates(water) == {"zh-Hans": town.water.url, "zh-Hant": f"/zh-hant{town.water.url}"}


def test_a_translated_page_leads_to_its_translation_and_back(town: Town):
    in_english(town.portal, {"示例市办事公开网": "Sample City"})
    office = in_english(town.water_office, {"市水务局": "Water Bureau"})
    office.slug = "water-bureau"
    office.save_revision().publish()

    chinese, english = Seen(town.water_office.url), Seen("/en/water-bureau/")

    assert switch(chinese)["en"] == "/en/water-bureau/"
    assert switch(english)["zh-Hans"] == town.water_office.url
    assert (
        alternates(chinese)
        == alternates(english)
        == {
            "zh-Hans": town.water_office.url,
            "zh-Hant": f"/zh-hant{town.water_office.url}",
            "en": "/en/water-bureau/",
        }
    )
    assert canonical(english) == "/en/water-bureau/"
    assert 'lang="en"' in english.html


def test_a_draft_translation_does_not_exist_yet(town: Town):
    in_english(town.portal).unpublish()

    assert "en" not in alternates(Seen("/"))


def test_what_follows_the_address_of_a_page_stays(town: Town):
    in_english(town.portal)
    in_english(town.water_office)

    catalogue = Seen(f"{town.water_office.url}catalogue/")

    assert switch(catalogue)["en"] == f"/en{town.water_office.url}catalogue/"


def test_a_missing_translation_says_so_and_offers_the_source(town: Town):
    in_english(town.portal)

    school = Seen(f"/en{town.school.url}")

    assert school.status == 200
    assert school.context["missing_translation_url"] == town.school.url
    assert '<div class="wrap" lang="zh-Hans">' in school.html
    assert canonical(school) == town.school.url
    assert "示例小学" in school.main


def test_a_missing_translation_is_found_below_a_translated_page_with_another_slug(town: Town):
    in_english(town.portal)
    office = in_english(town.water_office)
    office.slug = "water-bureau"
    office.save_revision().publish()

    assert Seen(f"/en/water-bureau/{town.water.slug}/").context["missing_translation_url"] == town.water.url
    assert Seen(f"/en{town.water.url}").context["missing_translation_url"] == town.water.url


def test_without_an_english_portal_every_page_says_so(town: Town):
    assert Seen("/en/").context["missing_translation_url"] == "/"


def test_what_is_nowhere_stays_nowhere(town: Town):
    in_english(town.portal)

    assert Seen("/en/nowhere/at/all/").status == 404
    assert Seen("/nowhere/").status == 404


def test_english_lists_name_what_is_translated_and_keep_the_language(town: Town):
    in_english(town.portal)
    in_english(town.water_office, {"市水务局": "Water Bureau"})
    in_english(town.water, {"示例自来水公司": "Sample Water"})
    make_disclosure(town.water, town.entries["water_profile"], title="公司概况")
    make_notice(town.water, title="停水通告")

    home, water = Seen("/en/"), Seen(f"/en{town.water.url}")

    rows = home.context["disclosures"]
    assert [(row["title"], row["meta"], row["lang"]) for row in rows] == [("公司概况", ["Sample Water"], "zh-Hans")]
    assert rows[0]["url"].startswith(f"/en{town.water.url}")
    assert home.context["notices"][0]["publisher"] == "Sample Water"
    assert water.context["chain"][1]["title"] == "Water Bureau"
    assert water.context["groups"][0]["rows"][0]["title"] == "公司概况"
    assert water.context["missing_translation_url"] == ""


def test_the_rows_of_an_english_unit_hang_on_its_source(town: Town):
    in_english(town.portal)
    in_english(town.water_office)
    in_english(town.water)
    make_disclosure(town.water, town.entries["water_price"], title="水价表")

    english = Seen(f"/en{town.water.url}")

    assert english.context["summary"]["records"] == 1
    assert english.links["水价表"].startswith("/en/")


def test_the_traditional_page_keeps_its_prefix_in_every_link(town: Town):
    make_page(StandardPage, town.portal, title="关于本站", kind="about")

    page = Seen(f"/zh-hant{town.water.url}")

    assert "示例自來水公司" in page.main
    assert page.links["市水務局"] == f"/zh-hant{town.water_office.url}"
    assert switch(page)["zh-Hans"] == town.water.url
    assert canonical(page) == f"/zh-hant{town.water.url}"


def test_a_translation_older_than_its_source_says_so(town: Town, clock: TimeMachineFixture):
    in_english(town.portal)
    copy = in_english(town.water_office, {"市水务局": "Water Bureau"})
    assert Seen(copy.url).context["outdated_translation"] is None

    clock.shift(3600)
    town.water_office.introduction = "新的介绍"
    town.water_office.save_revision().publish(skip_permission_checks=True)

    seen = Seen(copy.url)
    assert seen.context["outdated_translation"]["url"] == town.water_office.url
    assert "may be out of date" in seen.html
