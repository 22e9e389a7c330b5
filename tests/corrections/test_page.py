"""Whoever finds a fault in a page learns from it who answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.factories import make_disclosure
from tests.pages.seen import Seen
from tests.town import Town


def ask(path: str, prefix: str = "") -> Any:
    return Client().get(f"{prefix}/report-error/", {"page": path})


def test_every_page_leads_there_and_says_where_it_came_from(town: Town):
    assert Seen(town.water.url).context["portal"]["report_url"].endswith(f"?page={town.water.url.replace('/', '%2F')}")
    assert "/report-error/?page=%2Fmei-you%2F" in Client().get("/mei-you/").content.decode()


def test_the_organisation_of_the_page_answers(town: Town):
    town.water.mailbox, town.water.supervision_phone = "office@example.org", "12345"
    town.water.save()
    price = make_disclosure(town.water, town.entries["water_price"], title="示例水价")

    text = ask(price.url).content.decode()

    assert town.water.title in text
    assert 'href="tel:12345"' in text
    assert "网页纠错：示例水价" in unquote(text)


def test_without_a_mailbox_nothing_pretends_to_send(town: Town):
    text = ask(town.water.url).content.decode()

    assert "mailto:" not in text
    assert "<form" not in text.split("<main")[1]


@pytest.mark.parametrize("path", ["", "https://example.org/", "//example.org", "/mei-you/", "/\x00", "x" * 9999])
def test_what_is_no_page_is_answered_for_by_the_portal(town: Town, path: str):
    answer = ask(path)

    assert answer.status_code == 200
    assert town.portal.title in answer.content.decode()


def test_a_draft_is_not_named(town: Town):
    draft = make_disclosure(town.water, town.entries["water_price"], title="示例草稿", live=False)

    assert "示例草稿" not in ask(draft.url or f"{town.water.url}{draft.slug}/").content.decode()


@pytest.mark.parametrize("prefix", ["/en", "/zh-hant"])
def test_in_other_languages_too(town: Town, prefix: str):
    answer = ask(f"{prefix}{town.water.url}", prefix)

    assert answer.status_code == 200
    assert answer.context["page"] is not None
