"""An organisation has so many addresses and no more, whichever way they come."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.webhooks import service
from tests.town import Town

from .acts import follow


def terms(organisation: Any) -> service.Terms:
    return service.Terms("示例接收方", "https://receiver.example.org/", organisation, [])


def test_those_that_come_from_elsewhere_are_counted_as_well(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    follow(town.water)
    other = follow(town.school)

    with pytest.raises(ValidationError, match="已有 1 个"):
        service.change(webhook=other, terms=terms(town.water), by=town.administrator("portal"))

    service.change(webhook=other, terms=terms(town.school), by=town.administrator("portal"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_they_are_counted_one_at_a_time(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        service.register(terms=terms(town.water), by=town.administrator("portal"))

    statements = [query["sql"] for query in asked]
    lock = next(n for n, sql in enumerate(statements) if "wagtailcore_page" in sql and "FOR UPDATE" in sql)
    assert lock < next(n for n, sql in enumerate(statements) if "COUNT(*)" in sql and "webhook" in sql)
