"""Copy last year's item."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.editing.copying import next_title
from pages.models import DisclosurePage, PublicationRecord
from tests.factories import make_disclosure
from tests.town import Town


def copy(user: Any, page: Any) -> Any:
    """Post as the editor's menu does."""
    client = Client()
    client.force_login(user)
    return client.post(reverse("editing:copy", args=[page.pk]))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2025年招生计划", "2026年招生计划"),
        ("2025—2026学年度安排", "2026—2026学年度安排"),
        ("收费标准", "收费标准"),
        ("2027年计划", "2027年计划"),
    ],
)
def test_the_years_of_a_title_move_on_but_not_past_this_year(title: str, expected: str) -> None:
    assert next_title(title, 2026) == expected


def test_the_copy_is_a_draft_that_supersedes_the_original(town: Town) -> None:
    page = make_disclosure(
        town.water, town.entries["water_price"], title="2025年水价", document_number="示例〔2025〕1号"
    )

    response = copy(town.editor("water"), page)

    draft = DisclosurePage.objects.get(title__startswith="202", live=False)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert draft.supersedes_id == page.pk
    assert draft.entry == page.entry
    assert draft.document_number == ""
    assert draft.slug != page.slug
    assert not PublicationRecord.objects.filter(page=draft).exists()


def test_the_body_comes_along(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], body=[("text", "<p>示例水价表。</p>")])

    copy(town.editor("water"), page)

    draft = DisclosurePage.objects.get(live=False)
    assert "示例水价表" in draft.search_text


@pytest.mark.parametrize("place", ["hall", "school"])
def test_another_units_editor_cannot_copy(town: Town, place: str) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])

    response = copy(town.editor(place), page)

    assert response.status_code in {302, 403}
    assert not DisclosurePage.objects.filter(live=False).exists()


def test_an_organisation_is_not_copied(town: Town) -> None:
    response = copy(town.editor("water_office"), town.water)

    assert response.status_code in {302, 403}
