"""Atom feeds of portal, organisations and industries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import etree

from cms.delivery.feeds import LatestFeed
from tests.factories import IndustryPage, make_disclosure, make_notice, make_page
from tests.languages.acts import in_english
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")

ATOM = {"a": "http://www.w3.org/2005/Atom"}


class Read:
    """A feed as a reader takes it in."""

    def __init__(self, path: str) -> None:
        self.response = Client(SERVER_NAME="localhost").get(path)
        self.root = etree.fromstring(self.response.content)

    def texts(self, path: str) -> list[str]:
        return [str(text) for text in self.root.xpath(path, namespaces=ATOM)]

    @property
    def titles(self) -> list[str]:
        return self.texts("a:entry/a:title/text()")


def test_the_portal_tells_of_everybody_newest_first(town: Town, clock):
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.shift(60)
    make_notice(town.school, title="招生")

    feed = Read("/feed.atom")

    assert feed.response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.titles == ["招生", "水价"]
    assert feed.texts("a:title/text()") == ["示例市办事公开网的最新公开"]


def test_an_organisation_tells_of_itself_and_all_below_it(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")

    assert Read(f"{town.water.url}feed.atom").titles == ["水价"]
    assert Read(f"{town.district.url}feed.atom").titles == ["招生计划"]


def test_an_industry_tells_of_its_units(town: Town):
    water = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")

    assert Read(f"{water.url}feed.atom").titles == ["水价"]


def test_an_entry_has_a_permanent_id_dates_author_and_category(town: Town, clock):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价", summary="甲 < 乙")
    clock.shift(3600)
    page.save_revision().publish(skip_permission_checks=True)

    feed = Read(f"{town.water.url}feed.atom")

    assert feed.texts("a:entry/a:id/text()") == [f"http://localhost/i/{page.record.index_number}"]
    assert feed.texts("a:entry/a:link/@href") == [f"http://localhost{page.url}"]
    assert feed.texts("a:entry/a:published/text()")[0].startswith("2026-11-23T01:30:00")
    assert feed.texts("a:entry/a:updated/text()")[0].startswith("2026-11-23T02:30:00")
    assert feed.texts("a:entry/a:author/a:name/text()") == ["示例自来水公司"]
    assert feed.texts("a:entry/a:category/@term") == ["基本信息", "水价"]
    assert feed.texts("a:entry/a:summary/text()") == ["甲 &lt; 乙"]


def test_withdrawn_records_leave_the_feed(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="水价").unpublish()

    assert Read("/feed.atom").titles == []


def test_a_character_that_xml_cannot_hold_does_not_break_the_feed(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="水\x0b价\ufffe")

    assert Read("/feed.atom").titles == ["水价"]


def test_the_feed_is_read_in_three_languages(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    for each in (town.portal, town.water_office, town.water):
        in_english(each)
    in_english(page, {"水价": "Water prices"})

    traditional, english = Read("/zh-hant/feed.atom"), Read("/en/feed.atom")

    assert (traditional.titles, english.titles) == (["水價"], ["Water prices"])
    assert traditional.texts("a:entry/a:link/@href")[0].startswith("http://localhost/zh-hant/")
    languages = [feed.texts("@xml:lang")[0] for feed in (Read("/feed.atom"), traditional, english)]
    assert languages == ["zh-Hans", "zh-Hant", "en"]


@pytest.mark.parametrize("path", ["nothing/feed.atom", "catalogue/feed.atom", "roster/feed.atom"])
def test_what_has_no_feed_is_not_found(town: Town, path):
    assert Client().get(f"/{path}").status_code == 404


def test_a_disclosure_has_no_feed_of_its_own(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"])

    assert Client().get(f"{page.url}feed.atom").status_code == 404


def test_more_records_cost_no_more_queries(town: Town):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Read("/feed.atom")
        return len(queries)

    make_disclosure(town.water, town.entries["water_price"])
    Read("/feed.atom")
    few = cost()
    for number in range(8):
        make_disclosure(town.water, town.entries["water_price"], title=f"水价{number}")

    assert cost() == few


def test_a_feed_neither_counts_nor_skips_rows(town: Town):
    make_disclosure(town.water, town.entries["water_price"])
    Client().get("/feed.atom")

    with CaptureQueriesContext(connection) as queries:
        assert Client().get("/feed.atom").status_code == 200

    assert not [query for query in queries if "COUNT(" in query["sql"].upper() or "OFFSET" in query["sql"].upper()]


def test_readers_of_two_languages_share_nothing(town: Town):
    feed = LatestFeed()

    answer = feed(RequestFactory().get("/en/feed.atom"))

    assert etree.fromstring(answer.content).get("{http://www.w3.org/XML/1998/namespace}lang")
    assert feed.language is None
