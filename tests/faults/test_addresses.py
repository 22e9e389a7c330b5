"""Addresses that lead nowhere are answered by 404, whatever stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import signed_in

# Wagtail's own: made to fail, so that somebody sees the page of a failure.
MADE_TO_FAIL = "/admin/failwhale/"
# Says of itself that the first count of all that is public is still to be done.
NOT_YET = "/api/v2/changes/"


def routes(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Yield the patterns of all addresses."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, number: str, text: str) -> str:
    """Write an address of a pattern."""
    route = re.sub(r"<(?:int|row):[^>]+>", number, route.strip("^$"))
    route = re.sub(r"<(?:\w+:)?[^>]+>", text, route)
    return "/" + re.sub(r"\((?:[^()]|\([^()]*\))*\)[*+?]?", text, route).replace("\\", "").removesuffix("Z")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("number", "text"), [("9" * 30, "%00"), (str(2**63), "x")])
def test_no_address_is_a_failure(town: Town, number: str, text: str) -> None:
    operator = make_person("operator", is_superuser=True)
    browser = signed_in(operator)
    browser.raise_request_exception = False
    addresses = {filled(route, number, text) for route in routes(get_resolver().url_patterns)}

    failed = []
    for address in sorted(addresses - {MADE_TO_FAIL, NOT_YET}):
        answer = browser.get(address)
        if answer.status_code >= 500:
            failed.append(address)
        if answer.streaming:
            list(answer.streaming_content)
            answer.close()
        if "logout" in address:
            browser.force_login(operator)

    assert len(addresses) > 200
    assert failed == []
