"""Lists put together of stored answers are, byte for byte, the lists that would be rendered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.api.urls import ENDPOINTS, NAMESPACE
from cms.delivery.models import Era, StoredRead
from cms.delivery.stored import settling
from cms.delivery.stored.inside import Inside
from tests.api.crowd import add_crowd
from tests.api.showcase import build_showcase
from tests.factories import make_disclosure
from tests.languages.acts import in_english
from tests.town import Town

from .acts import Kept

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")

SHOWN = [{}, {"fields": "*"}, {"fields": "_"}, {"fields": "_,title,type"}, {"fields": "-id,-detail_url"}]
RECORDS = [{"fields": "body_text"}, {"fields": "*,-body,-type"}, {"locale": "en"}, {"locale": "en", "fields": "*"}]
FILTERED = [{"entry": "water:B01"}, {"industry": "water"}, {"order": "title"}, {"order": "-title", "offset": "1"}]
MOST = 6


@pytest.fixture
def town_kept(town: Town, stored: Any, tmp_path: Any) -> Town:
    """Fill the town with a row of every kind, and store the answers to programs."""
    stored.MEDIA_ROOT = tmp_path
    shown = build_showcase(town)
    add_crowd(town, range(3))
    for page in (town.portal, town.water_office, town.water, shown.old, shown.disclosure, shown.notice):
        in_english(page)
    keep()
    return town


def keep() -> None:
    """Ask for every row that a list shows."""
    inside = Inside()
    for view in ENDPOINTS:
        for locale in ("zh-hans", "en"):
            items = ask(Inside().render, view.endpoint, fields="_,id", limit=100, locale=locale).json()["items"]
            for item in items:
                inside.ask(reverse(f"{NAMESPACE}:{view.endpoint}:detail", args=[item["id"]]))


def ask(how: Any, endpoint: str, prefix: str = "", **parameters: Any) -> Any:
    return how(f"{prefix}/api/v2/{endpoint}/?{urlencode(parameters)}")


def both(endpoint: str, prefix: str = "", **parameters: Any) -> tuple[Any, Any]:
    """Return a list put together, and the same rendered."""
    inside = Inside()
    return ask(inside.ask, endpoint, prefix, **parameters), ask(inside.render, endpoint, prefix, **parameters)


def differing(endpoint: str, asked: list[dict[str, str]]) -> list[Any]:
    found = []
    for parameters in asked:
        one, other = both(endpoint, limit=2, **parameters)
        while True:
            if (one.status_code, one.content, _lasting(one)) != (200, other.content, _lasting(other)):
                found.append(parameters)
            cursor = one.json()["meta"]["next_cursor"]
            if cursor is None:
                break
            one, other = both(endpoint, limit=2, cursor=cursor, **_without_offset(parameters))
    return found


def _without_offset(parameters: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if name != "offset"}


def _lasting(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if not name.startswith("RateLimit")}


def test_a_list_is_the_same_whatever_is_asked(town_kept: Town) -> None:
    wrong = {}
    for view in ENDPOINTS:
        asked = SHOWN + (RECORDS + FILTERED if view.endpoint in {"disclosures", "notices"} else [{"locale": "en"}])
        known = [each for each in asked if "title" not in each.get("fields", "") or "title" in view.body_fields]
        wrong[view.endpoint] = differing(view.endpoint, known)

    assert {endpoint: found for endpoint, found in wrong.items() if found} == {}


def test_the_rows_come_from_the_store(town_kept: Town) -> None:
    # Of pictures and files none are kept.
    for view in (each for each in ENDPOINTS if each.endpoint not in {"images", "documents"}):
        rows = StoredRead.objects.filter(address__startswith=f"/api/v2/{view.endpoint}/")
        assert rows.filter(is_fresh=True).exists(), view.endpoint
        rows.update(body=b'{"id":1,"title":"kept"}', listed=None)

        one, other = both(view.endpoint)

        assert b"kept" in one.content, view.endpoint
        assert b"kept" not in other.content


@pytest.mark.parametrize("change", [{"is_fresh": False}, {"era": "another"}, {"fresh_until": "2020-01-01T00:00:00Z"}])
def test_what_may_not_be_sent_is_rendered(told: Kept, change: dict[str, Any]) -> None:
    some = StoredRead.objects.filter(address__startswith="/api/v2/disclosures/")[:2]
    StoredRead.objects.filter(pk__in=[row.pk for row in some]).update(body=b"{}", listed=b"{}", **change)

    one, other = both("disclosures")

    assert one.content == other.content
    assert b"{}" not in one.content


def test_another_era_ends_what_is_stored(told: Kept) -> None:
    StoredRead.objects.update(body=b"{}", listed=b"{}")
    Era.objects.update(content=99)

    one, other = both("disclosures")

    assert one.content == other.content


def test_traditional_chinese_is_rendered_and_converted(told: Kept) -> None:
    one, other = both("disclosures", prefix="/zh-hant")

    assert one.content == other.content
    assert "/zh-hant/api/v2/disclosures/" in one.content.decode()
    assert one["Content-Language"] == "zh-Hant"


def test_another_host_is_not_answered_from_the_store(told: Kept, client: Any) -> None:
    StoredRead.objects.update(body=b"{}", listed=b"{}")

    answer = client.get("/api/v2/disclosures/", headers={"host": "localhost"})

    assert "http://localhost/api/v2/disclosures/" in answer.content.decode()


def test_a_list_of_stored_rows_costs_few_queries_however_many_rows(town: Town, stored: Any) -> None:
    asked = {"entry": "water:B01", "organisation": town.water.roster.code}
    costs = {}
    for limit in (6, 20):
        for n in range(limit + 1):
            make_disclosure(town.water, town.entries["water_price"], title=f"水价{n}")
        # As with a worker at work: nothing waits to be counted.
        settling.count_objects()
        settling.settle()
        keep()
        with CaptureQueriesContext(connection) as queries:
            shown = ask(Inside().ask, "disclosures", limit=limit, **asked).json()
        assert len(shown["items"]) == limit
        costs[limit] = len(queries)

    assert costs[6] == costs[20] <= MOST
