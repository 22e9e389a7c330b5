"""The site maps for machines and for people, and robots.txt."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from cms.delivery import sitemaps
from tests.factories import IndustryPage, ServiceIndexPage, make_disclosure, make_page, make_service_item, make_unit
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOST = "http://localhost"
SECTIONS = ("pages", "catalogues", "services")


def read(path: str):
    response = Client(SERVER_NAME="localhost").get(path)
    assert response.status_code == 200, path
    return etree.fromstring(response.content)


def addresses(path: str) -> list[str]:
    return [str(text).removeprefix(HOST) for text in read(path).xpath("//s:loc/text()", namespaces=NAMES)]


def pages() -> list[str]:
    """Return the addresses in all files of pages; which file holds a page follows from its number."""
    files = [file for file in addresses("/sitemap.xml") if file.startswith("/sitemap-pages.xml")]
    return [address for file in files for address in addresses(file)]


def languages(path: str, address: str) -> dict[str, str]:
    links = read(path).xpath(f"//s:url[s:loc='{HOST}{address}']/x:link", namespaces=NAMES)
    return {link.get("hreflang"): link.get("href").removeprefix(HOST) for link in links}


def test_the_index_names_files_that_exist(town: Town):
    files = addresses("/sitemap.xml")

    assert files == ["/sitemap-pages.xml", "/sitemap-catalogues.xml", "/sitemap-services.xml"]
    for file in files:
        read(file)


def test_every_public_page_stands_there_once(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"])
    make_page(IndustryPage, town.portal, live=False, title="草稿", industry=town.industries["water"])

    found = pages()

    expected = {town.portal, town.water_office, town.water, town.district, town.education_office, town.school}
    assert {"/", page.url, town.hall.url} | {each.url for each in expected} <= set(found)
    assert len(found) == len(set(found)) == 9
    assert f"{town.water.url}catalogue/" in addresses("/sitemap-catalogues.xml")


def test_a_page_that_needs_a_password_is_left_out(town: Town):
    PageViewRestriction.objects.create(page=Page.objects.get(pk=town.school.pk), restriction_type="password")

    assert town.school.url not in addresses("/sitemap-pages.xml")


def test_each_address_names_its_languages(town: Town):
    in_english(town.portal)
    in_english(town.water_office)

    assert languages("/sitemap-pages.xml", town.school.url) == {
        "zh-Hans": town.school.url,
        "zh-Hant": f"/zh-hant{town.school.url}",
    }
    assert languages("/sitemap-pages.xml", "/") == {"zh-Hans": "/", "zh-Hant": "/zh-hant/", "en": "/en/"}
    assert languages("/sitemap-pages.xml", town.water_office.url)["en"] == f"/en{town.water_office.url}"


def test_guides_to_live_items_stand_there(town: Town):
    hall = make_page(ServiceIndexPage, town.portal, title="办事")
    make_service_item(town.water, code="pay")
    make_service_item(town.water, code="draft", live=False)

    assert addresses("/sitemap-services.xml") == [f"{hall.url}pay/"]


def test_files_are_cut_by_id(town: Town, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 5)
    last = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]

    files = [file for file in addresses("/sitemap.xml") if file.startswith("/sitemap-pages")]

    assert len(files) == last // 5 + 1
    found = [address for file in files for address in addresses(file)]
    assert len(found) == len(set(found)) == 8


@pytest.mark.parametrize("path", ["/sitemap-pages.xml?p=999999", "/sitemap-pages.xml?p=abc", "/sitemap-nothing.xml"])
def test_a_file_that_does_not_exist_is_not_found(town: Town, path):
    assert Client().get(path).status_code == 404


def test_a_file_costs_a_fixed_number_of_queries(town: Town):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read("/sitemap-pages.xml")
        return len(queries)

    read("/sitemap-pages.xml")
    few = cost()
    for number in range(8):
        make_unit(town.street, title=f"单位{number}")

    assert cost() == few


def statements(path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        read(path)
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("path", ["/sitemap.xml", *(f"/sitemap-{each}.xml" for each in SECTIONS)])
def test_no_file_counts_or_skips_rows(town: Town, path):
    make_page(ServiceIndexPage, town.portal, title="办事")
    make_service_item(town.water)

    found = statements(path)

    assert not [sql for sql in found if "COUNT(" in sql.upper() or "OFFSET" in sql.upper()]
    assert len(found) <= 12


def test_a_million_rows_stay_within_what_the_standard_allows(town: Town):
    hall = make_page(ServiceIndexPage, town.portal, title="办事")
    make_service_item(town.water, pk=1_000_000, code="last")

    files = addresses("/sitemap.xml")

    # Pages are numbered by what the database has made before, so only the files of the million are counted.
    assert len([file for file in files if "/sitemap-services.xml" in file]) == 201
    assert len(files) < 50_000
    assert sitemaps.PER_FILE <= 50_000
    assert addresses("/sitemap-services.xml?p=201") == [f"{hall.url}last/"]


def test_robots_are_led_to_the_index_and_away_from_tools(town: Town):
    text = Client(SERVER_NAME="localhost").get("/robots.txt").content.decode()

    assert "Sitemap: http://localhost/sitemap.xml" in text
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /en/search/", "Disallow: /map/route/"} <= set(
        text.splitlines()
    )


def test_people_find_industries_districts_and_offices(town: Town):
    water = make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    branch = make_page(IndustryPage, water, title="自来水", industry=town.industries["waterworks"])

    seen = Seen("/site-map/")

    for page in (water, branch, town.water_office, town.district, town.education_office, town.street):
        assert seen.links[page.title] == page.url
    assert town.water.title not in seen.links
    assert seen.crumbs == ["首页", "站点地图"]


@pytest.mark.parametrize("prefix", ["/en", "/zh-hant"])
def test_people_find_them_in_their_language(town: Town, prefix):
    seen = Seen(f"{prefix}/site-map/")

    address = f"{prefix}{town.water_office.url}"
    assert address in seen.links.values()
