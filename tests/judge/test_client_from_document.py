"""A client made of docs/openapi.json alone reads the site, and writes a draft by token.

It is a small generic driver of our own (`driver.py`), not one of the code generators: none is among the locked
packages. It imports nothing of the site, and knows no address but those in the document and in the answers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.api.crowd import add_crowd
from tests.api.showcase import build_showcase
from tests.api.writing.asking import system_of
from tests.town import Town

from .driver import Driver

pytestmark = [
    pytest.mark.judge,
    # Willow leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]
DOCUMENT = Path(django_settings.BASE_DIR, "docs", "openapi.json")


def wire(method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Any:
    """Carry a request to the site and its answer back."""
    kind = headers.get("Content-Type", "application/json")
    answer = Client().generic(method, address, body or b"", kind, headers=dict(headers))
    return answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content


@pytest.fixture
def driver(town: Town, settings: Any, tmp_path: Path) -> Driver:
    settings.MEDIA_ROOT = tmp_path
    build_showcase(town)
    add_crowd(town, range(3))
    return Driver(json.loads(DOCUMENT.read_text()), wire)


def test_every_list_is_read_to_its_end_and_every_row_by_its_address(driver: Driver) -> None:
    lists = [name for name, each in driver.operations.items() if name.endswith("_list") and "{" not in each.path]
    for name in lists:
        if "cursor" not in driver.operations[name].parameters("query"):
            continue
        answer, seen = driver.call(name, query={"limit": 2}), 0
        while True:
            for item in answer.data["items"]:
                assert driver.follow(item["meta"]["detail_url"]).data["id"] == item["id"]
            seen += len(answer.data["items"])
            if answer.data["meta"]["next"] is None:
                break
            answer = driver.follow(answer.data["meta"]["next"])
        assert seen == answer.data["meta"]["total_count"] > 0, name

    details = {name for name in driver.operations if name.endswith("_detail")}
    assert details <= set(driver.called)


def test_from_a_unit_to_its_disclosures_to_one_of_them(driver: Driver) -> None:
    units = driver.call("organisations_list", query={"level": ["unit"], "fields": "links", "limit": 100}).data["items"]

    found = [
        driver.follow(item["meta"]["detail_url"]).data
        for unit in units
        for item in driver.follow(unit["links"]["disclosures"]).data["items"]
    ]

    assert found
    assert {each["organisation"]["id"] for each in found} <= {unit["id"] for unit in units}
    whole = driver.call("disclosures_detail", path={"id": found[0]["id"]}, query={"expand": ["organisation", "entry"]})
    assert whole.data["organisation"]["expanded"]["id"] == found[0]["organisation"]["id"]


def test_what_is_refused_is_explained_as_described(driver: Driver) -> None:
    missing = driver.call("organisations_detail", path={"id": 10**9})

    assert missing.status == 404
    assert missing.data["detail"]


def test_the_site_can_be_rebuilt_from_what_it_says_of_itself(driver: Driver) -> None:
    (site,) = driver.call("sites_list").data["items"]

    for name in ("menus", "redirects", "changes"):
        answer = driver.follow(site["links"][name])
        # Without kept answers there is no feed of changes, which is said as described.
        assert answer.status == 200 or name == "changes"
    menus = driver.follow(site["links"]["menus"]).data["items"]
    assert [link["title"] for link in menus[0]["main"]]


def test_a_draft_is_written_by_token_and_its_way_is_read(driver: Driver, town: Town) -> None:
    driver.token = system_of(town).secret
    body = driver.example("disclosures_create")

    made = driver.call("disclosures_create", headers={"Idempotency-Key": "one"}, body=body)
    assert made.status == 201
    again = driver.call("disclosures_create", headers={"Idempotency-Key": "one"}, body=body)
    assert again.data == made.data
    key = {"id": made.data["id"]}
    changed = driver.call(
        "disclosures_merge", path=key, headers={"If-Match": made.headers["etag"]}, body={"title": "改过的"}
    )

    status = driver.follow(changed.data["status_url"])
    (listed,) = [
        each
        for each in driver.call("disclosures_drafts", query={"state": ["draft"], "limit": 100}).data["items"]
        if each["id"] == made.data["id"]
    ]
    assert (status.data["state"], status.data["etag"]) == ("draft", changed.headers["etag"])
    assert listed["title"] == "改过的"
    assert driver.follow(listed["url"]).data == changed.data
    stale = driver.call(
        "disclosures_merge", path=key, headers={"If-Match": made.headers["etag"]}, body={"title": "晚了"}
    )
    assert stale.status == 412


def test_without_a_token_nothing_is_written(driver: Driver) -> None:
    refused = driver.call("disclosures_create", body=driver.example("disclosures_create"))

    assert refused.status == 401
