"""What the menu of a listed item offers to translators."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from snippets.models import ServiceItem
from tests.factories import make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import begin_translation, english


@pytest.fixture
def item(town: Town) -> ServiceItem:
    english()
    return make_service_item(town.water, title="水费查询")


def listing(user: Any) -> str:
    return signed_in(user).get(reverse(ServiceItem.snippet_viewset.get_url_name("list"))).content.decode()


def test_what_is_not_translated_can_be(town: Town, item: ServiceItem) -> None:
    html = listing(town.editor("water"))

    assert "翻译“水费查询”" in html
    assert "的译文" not in html


def test_what_is_translated_can_be_renewed(town: Town, item: ServiceItem) -> None:
    begin_translation(item)

    html = listing(town.editor("water"))

    assert "翻译“水费查询”" not in html
    assert "更新“水费查询”的译文" in html


def test_a_reader_of_the_listing_is_offered_neither(town: Town, item: ServiceItem) -> None:
    begin_translation(make_service_item(town.water, title="水费缴纳"))

    html = listing(town.reviewer("water"))

    assert "水费查询" in html
    assert "翻译“" not in html
    assert "的译文" not in html
