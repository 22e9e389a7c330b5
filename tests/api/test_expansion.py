"""Related objects come along whole where that is asked for: as their own addresses answer, and nothing secret."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.api.urls import ENDPOINTS
from cms.delivery.stored import settling
from tests.api.crowd import add_crowd
from tests.api.showcase import build_showcase
from tests.delivery.stored.acts import stored
from tests.delivery.stored.test_lists import keep
from tests.factories import IndustryPage, make_disclosure, make_page, make_service_item
from tests.languages.acts import in_english
from tests.town import Town

__all__ = ["stored"]
# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
PATHS = [(view.endpoint, path) for view in ENDPOINTS for path in view.expandable]


def at(rows: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Return what stands at a path, all of it named and expanded."""
    first, _dot, rest = path.partition(".")
    named = [
        each for row in rows if row[first] for each in (row[first] if isinstance(row[first], list) else [row[first]])
    ]
    return at([each["expanded"] for each in named], rest) if rest else named


def own(api: Any, named: dict[str, Any]) -> Any:
    return api.client.get(named["detail_url"].removeprefix("http://testserver")).json()


@pytest.mark.parametrize(("endpoint", "path"), PATHS)
def test_what_comes_along_is_what_its_own_address_answers(api, showcase: Any, endpoint: str, path: str):
    waterworks = showcase.town.industries["waterworks"]
    make_page(IndustryPage, showcase.industry_page, title="自来水", industry=waterworks)
    rows = api.list(endpoint, expand=path, limit=100)

    found = at(rows, path)

    assert found
    for named in found:
        assert named["expanded"] == own(api, named)
    detail = api.answer(f"{endpoint}/{rows[0]['id']}/", expand=path).json()
    assert at([detail], path) == at(rows[:1], path)


def test_several_come_along_at_once(api, town: Town):
    paper = make_disclosure(town.water, town.entries["water_price"])

    shown = api.detail("disclosures", paper, expand="organisation,organisation.superior,entry")

    assert shown["organisation"]["code"] == shown["organisation"]["expanded"]["code"]
    assert shown["organisation"]["expanded"]["superior"]["expanded"]["title"] == "市水务局"
    assert shown["entry"]["expanded"]["update_rule"]["cycle"]


def test_nothing_comes_along_unasked(api, town: Town):
    paper = make_disclosure(town.water, town.entries["water_price"])

    assert "expanded" not in api.answer(f"disclosures/{paper.pk}/").content.decode()


def test_each_is_shown_in_its_own_language(api, town: Town):
    source = make_disclosure(town.water, town.entries["water_price"])
    for page in (town.portal, town.water_office, town.water, source):
        in_english(page)
    paper = type(source).objects.exclude(pk=source.pk).get(translation_key=source.translation_key)

    named = api.detail("disclosures", paper, expand="organisation,entry")

    assert named["organisation"]["expanded"] == own(api, named["organisation"])
    assert named["entry"]["expanded"] == own(api, named["entry"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("expand=secret", "“secret”"),
        ("expand=organisation.chain", "“organisation.chain”"),
        ("expand=organisation.superior.superior", "太深"),
        ("expand=" + "organisation." * 500 + "x", "太深"),
        ("expand=organisation,", "“”"),
        ("expand=organisation.", "“organisation.”"),
        ("expand=Organisation", "“Organisation”"),
        ("fields=_,title&expand=entry", "不在所要的字段中"),
    ],
    ids=lambda each: each[:40],
)
def test_what_cannot_come_along_is_refused_by_name(api, town: Town, query: str, said: str):
    paper = make_disclosure(town.water, town.entries["water_price"])

    for address in ("disclosures/", f"disclosures/{paper.pk}/"):
        refused = api.refusal(address, query)
        assert refused["parameter"] == "expand"
        assert said in refused["detail"]


def test_where_nothing_is_related_there_is_no_such_parameter(api, town: Town):
    assert api.refusal("catalogue/", "expand=group")["parameter"] == "expand"


def test_what_not_everybody_may_see_does_not_come_along(api, town: Town):
    make_service_item(town.water, town.industries["waterworks"])
    PageViewRestriction.objects.create(page=town.water_office, restriction_type=PageViewRestriction.LOGIN)

    (item,) = api.list("service-items", expand="provider,industry")

    assert item["provider"] is None
    assert item["industry"]["expanded"]["code"] == "waterworks"


def test_a_superior_that_is_not_public_is_not_shown_by_what_stands_below_it(api, town: Town):
    PageViewRestriction.objects.create(page=town.district, restriction_type=PageViewRestriction.LOGIN)

    rows = api.list("organisations", expand="superior,superior.superior", limit=100)

    assert town.district.title not in {each["expanded"]["title"] for each in at(rows, "superior")}


def test_more_rows_cost_no_more_queries(api, town: Town):
    asked = {"expand": "organisation,organisation.superior,organisation.industry,entry", "limit": 100}

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            api.list("disclosures", **asked)
        return len(queries)

    add_crowd(town, range(3))
    cost()
    few = cost()
    add_crowd(town, range(3, 12))

    assert cost() == few


def test_a_list_can_be_read_on_and_its_total_is_known(api, town: Town):
    for n in range(3):
        make_disclosure(town.water, town.entries["water_price"], title=f"水价{n}")

    first = api.answer("disclosures/", expand="entry", limit=2).json()
    second = api.answer("disclosures/", expand="entry", limit=2, cursor=first["meta"]["next_cursor"]).json()

    assert first["meta"]["total_count"] == 3
    assert len(second["items"]) == 1
    assert "expand=entry" in first["meta"]["next"]


def test_from_kept_rows_the_same_is_put_together(api, town: Town, stored: Any):
    build_showcase(town)
    settling.count_objects()
    settling.settle()
    asked = {"expand": "organisation,organisation.superior,entry", "limit": 100}
    rendered = api.answer("disclosures/", **asked).content
    for _time in range(2):
        keep()
        settling.settle()

    for _time in range(3):
        with CaptureQueriesContext(connection) as queries:
            kept = api.answer("disclosures/", **asked).content

        assert kept == rendered
    assert len(queries) <= 2
    town.water.refresh_from_db()
    town.water.title = "改名的公司"
    town.water.save_revision().publish(skip_permission_checks=True)
    assert "改名的公司" in api.answer("disclosures/", **asked).content.decode()
