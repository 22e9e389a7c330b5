"""Narrowing results by industry, district, entry, validity and days; suggestions while typing."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.search.backends.among import Among
from cms.search.suggesting import MOST_ASKED
from pages.models import IndustryPage, UnitPage
from snippets.models import CatalogueEntry, ServiceItem
from tests.factories import make_disclosure, make_page
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def titles(seen: Seen) -> list[str]:
    return [str(row["title"]).replace("<mark>", "").replace("</mark>", "") for row in seen.context["rows"]]


@pytest.fixture
def two(town: Town) -> Town:
    """Two disclosures, of the water company and of the school."""
    make_disclosure(town.water, town.entries["water_price"], title="收费标准甲")
    make_disclosure(town.school, town.entries["school_admission"], title="收费标准乙")
    return town


def test_results_are_counted_by_industry(two: Town):
    facets = {each["name"]: each for each in Seen("/search/", q="收费标准").context["facets"]}

    assert {value["title"]: value["number"] for value in facets["industry"]["values"]} == {
        two.water.industry.sector.title: 1,
        two.school.industry.sector.title: 1,
    }


def test_an_industry_narrows_the_results_and_can_be_taken_off(two: Town):
    seen = Seen("/search/", q="收费标准", industry=two.water.industry.sector.code)

    assert titles(seen) == ["收费标准甲"]
    assert [each["title"] for each in seen.context["chosen"]] == [two.water.industry.sector.title]
    assert seen.context["chosen"][0]["without"] == "?q=%E6%94%B6%E8%B4%B9%E6%A0%87%E5%87%86"


def test_a_branch_without_a_catalogue_of_its_own_narrows_the_results(two: Town):
    assert not two.water.industry.catalogue
    make_page(IndustryPage, two.portal, title="供水", industry=two.industries["water"])

    assert titles(Seen("/search/", q="收费标准", industry=two.water.industry.code)) == ["收费标准甲"]
    # The catalogue of its sector rules its units.
    assert "水价" in titles(Seen("/search/", q="水价", industry=two.water.industry.code, kind="entry"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the statements are PostgreSQL's")
@pytest.mark.parametrize("rows", [CatalogueEntry.objects, UnitPage.objects, ServiceItem.objects])
def test_nothing_can_be_looked_among(town: Town, rows):
    among = Among(rows.filter(pk__in=[]))
    keys, values = among.keys

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {among.number} IN ({keys}) FROM wagtailsearch_indexentry", values)
        assert {found for (found,) in cursor.fetchall()} <= {False}


def test_an_entry_and_a_validity_narrow_the_results(two: Town):
    entry = two.entries["water_price"]

    assert titles(Seen("/search/", q="收费标准", entry=f"{entry.catalogue}/{entry.code}")) == ["收费标准甲"]
    assert Seen("/search/", q="收费标准", validity="repealed").context["rows"] == []


@pytest.mark.parametrize(("days", "number"), [({"to": "2000-01-01"}, 0), ({"from": "2000-01-01"}, 2)])
def test_days_narrow_the_results(two: Town, days, number):
    assert len(Seen("/search/", q="收费标准", **days).context["rows"]) == number


@pytest.mark.parametrize(
    "condition",
    [
        {"industry": "nonsense"},
        {"district": "x"},
        {"entry": "water/ZZZ"},
        {"validity": "😀"},
        {"from": "2026-02-31"},
        {"to": "昨天"},
        {"industry": "\x00"},
        {"entry": "'" * 300},
    ],
)
def test_a_condition_that_is_none_is_left_out(two: Town, condition):
    seen = Seen("/search/", q="收费标准", **condition)

    assert seen.status == 200
    assert len(titles(seen)) == 2


def test_narrowing_costs_no_more_for_more_results(two: Town):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen("/search/", q="收费标准")
        return len(queries)

    Seen("/search/", q="收费标准")
    few = cost()
    for number in range(8):
        make_disclosure(two.water, two.entries["water_price"], title=f"收费标准{number}")

    assert cost() == few


def suggested(query: str) -> list[str]:
    response = Client(SERVER_NAME="localhost").get("/search/suggest/", {"q": query})
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=300"
    texts: list[str] = response.json()["suggestions"]
    return texts


def test_names_are_suggested_by_their_beginning_in_any_writing(town: Town):
    town.water.title = "滨海市自来水公司"
    town.water.save()

    for typed in ("滨海市自", "binhaishizi", "bhszls", "濱海市自來"):
        assert "滨海市自来水公司" in suggested(typed), typed


def test_what_is_not_public_is_not_suggested(town: Town):
    town.water.unpublish()

    assert town.water.title not in suggested(town.water.title[:3])


@pytest.mark.parametrize("query", ["", "水", "\x00\x00", "😀😀", "'" * 10_000, "%%", "AND OR", "停" * 10_000])
def test_odd_beginnings_suggest_nothing_and_break_nothing(town: Town, query):
    assert suggested(query) == []


def test_who_asks_too_often_waits(town: Town):
    cache.clear()
    client = Client(SERVER_NAME="localhost")

    answers = [client.get("/search/suggest/", {"q": ""}).status_code for _ in range(MOST_ASKED + 1)]

    assert (answers[0], answers[-1]) == (200, 429)
