"""Whatever goes wrong under /api/ is told as RFC 9457 wants it, with an address that explains the kind."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError

from accounts.withdrawable import Leaving, WithdrawalKind, public_revision
from cms.api.problems import MEDIA_TYPE, PROBLEMS
from pages.models import PublicationRecord
from tests.factories import make_disclosure

INDUSTRIES = "/api/v2/industries/"


def problem(response: Any) -> dict[str, Any]:
    """Return the problem an answer holds."""
    assert response["Content-Type"] == MEDIA_TYPE
    body = response.json()
    assert body["status"] == response.status_code
    return body


@pytest.fixture
def failing(monkeypatch):
    """Let every list fail in the way given."""

    def fail(error: Exception) -> None:
        def raises(*args: Any, **kwargs: Any) -> None:
            raise error

        monkeypatch.setattr("cms.api.views.ReadViewSet.paginate_queryset", raises)

    return fail


def test_a_problem_says_everything(client, db, settings):
    settings.BASE_URL = "https://city.example"

    assert problem(client.get("/api/v2/industries/?colour=%E7%BA%A2")) == {
        "type": "https://city.example/api/docs/problems/#parameter",
        "title": "参数不能用",
        "status": 400,
        "detail": "没有参数“colour”，可用的参数见 /api/docs/。",
        "instance": "/api/v2/industries/",
        "parameter": "colour",
    }


@pytest.mark.parametrize("address", ["/api/%00/", "/api/v2/%E6%B0%B4/"])
def test_the_place_is_an_address_again(client, db, address):
    assert problem(client.get(address))["instance"] == address


def test_every_kind_is_explained_where_its_address_leads(client, town):
    page = client.get("/api/docs/problems/").content.decode()

    for kind in PROBLEMS:
        address = urlsplit(kind.type)
        assert address.path == "/api/docs/problems/"
        assert f'id="{address.fragment}"' in page


def test_a_failure_of_ours_is_told_in_the_same_form(client, db, failing):
    failing(ValueError("a secret"))
    client.raise_request_exception = False

    response = client.get(INDUSTRIES)

    assert problem(response)["status"] == 500
    assert "secret" not in response.content.decode()


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(client, db, failing):
    failing(OperationalError("the connection is closed"))

    response = client.get(INDUSTRIES)

    assert problem(response)["status"] == 503
    assert int(response["Retry-After"]) > 0


def test_too_large_and_too_long_are_told(client, db, failing):
    too_long = client.get(f"{INDUSTRIES}?search={'x' * 8001}")
    failing(RequestDataTooBig())
    too_large = client.get(INDUSTRIES)

    assert problem(too_long)["status"] == 414
    assert problem(too_large)["status"] == 413


def test_a_host_that_is_not_ours_is_refused_in_the_same_form(client, db):
    assert problem(client.get("/api/v2/", HTTP_HOST="evil.example"))["status"] == 400
    assert client.get("/", HTTP_HOST="evil.example")["Content-Type"].startswith("text/html")


def test_a_failure_elsewhere_keeps_its_page(client, town, monkeypatch):
    monkeypatch.setattr("cms.delivery.robots.reverse", None)
    client.raise_request_exception = False

    response = client.get("/robots.txt")

    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")


def test_the_documentation_too_refuses_what_it_cannot_do(client, db):
    assert problem(client.post("/api/docs/"))["status"] == 405


@pytest.mark.parametrize(("kind", "status"), [("gone", 410), ("redirected", 308)])
def test_what_has_left_the_public_adds_how(api, town, kind, status):
    paper = make_disclosure(town.water, town.entries["water_price"])
    to = make_disclosure(town.water, town.entries["water_price"]) if kind == "redirected" else None
    paper.leave_public(Leaving(WithdrawalKind(kind), "内容有误。", revision=public_revision(paper), to=to))

    found = problem(api.answer(f"disclosures/{paper.pk}/"))

    assert found["status"] == status
    assert found["withdrawal"]["reason"] == "内容有误。"
    assert PublicationRecord.objects.filter(page=paper).exists()


def test_traditional_chinese_is_told_in_traditional_characters(client, db):
    found = problem(client.get("/zh-hant/api/v2/industries/?colour=red"))

    assert found["title"] == "參數不能用"
    assert found["instance"] == "/zh-hant/api/v2/industries/"


def test_the_kinds_are_explained_in_every_language(client, town) -> None:
    shown = client.get("/api/docs/problems/").content.decode()

    languages = re.findall(r'<a[^>]* href="([^"]+)"[^>]* hreflang', shown)
    assert len(languages) == 3
    for address in languages:
        assert client.get(address).status_code == 200, address
    assert "Parameter cannot be used" in client.get("/en/api/docs/problems/").content.decode()
