"""The admin's own API keeps what the screens keep: the record of what was public, and a text in review."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from accounts.models import Duty
from industries.water.models import WaterPage
from pages.models import DisclosurePage
from tests.factories import appoint, make_disclosure, make_person, make_unit
from tests.town import Town
from tests.workflows.acts import draft, signed_in, submitted
from workflows.withdrawing import Plan, withdraw

pytestmark = pytest.mark.usefixtures("clock")


def act(user: Any, page: Any, action: str, **data: Any) -> Any:
    """Do with a page by API."""
    return signed_in(user).post(reverse("wagtailadmin_api:pages:action", args=[page.pk, action]), data)


@pytest.fixture
def withdrawn(town: Town) -> DisclosurePage:
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")
    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan("gone", "价格有误。"))
    return page


def test_what_was_public_is_not_deleted(town: Town, withdrawn: DisclosurePage) -> None:
    answer = act(town.editor("water"), withdrawn, "delete")

    assert answer.status_code == 403
    assert "曾经公开，不能删除" in answer.json()["detail"]
    assert Page.objects.filter(pk=withdrawn.pk).exists()


def test_nor_moved_away_from_its_address(town: Town, withdrawn: DisclosurePage) -> None:
    answer = act(make_person("operator", is_superuser=True), withdrawn, "move", destination_page_id=town.hall.pk)

    assert answer.status_code == 403
    assert Page.objects.get(pk=withdrawn.pk).get_parent().pk == town.water.pk


def test_what_is_in_review_is_not_deleted(town: Town) -> None:
    page = submitted(town).revision.content_object

    answer = act(town.editor("water"), page, "delete")

    assert answer.status_code == 403
    assert "正在审核中" in answer.json()["detail"]
    assert Page.objects.filter(pk=page.pk).exists()


def test_nor_brought_back_to_an_earlier_version(town: Town) -> None:
    reviewer, page = town.reviewer("water"), submitted(town).revision.content_object
    revisions = page.revisions.count()

    for person in (town.editor("water"), reviewer, make_person("operator", is_superuser=True)):
        answer = act(person, page, "revert_to_page_revision", revision_id=page.latest_revision_id)
        assert answer.status_code == 403

    assert page.revisions.count() == revisions


def test_an_organisation_is_not_deleted_with_its_drafts(town: Town) -> None:
    draft(town, "school", "school_admission")
    Page.objects.filter(path__startswith=town.school.path).update(live=False)

    answer = act(make_person("operator", is_superuser=True), town.school, "delete")

    assert answer.status_code == 403
    assert Page.objects.filter(pk=town.school.pk).exists()


def test_a_draft_nobody_reviews_may_be_deleted(town: Town) -> None:
    page = draft(town)

    answer = act(town.editor("water"), page, "delete")

    assert answer.status_code == 204


@pytest.mark.parametrize("way", ["screen", "bulk", "api"])
def test_what_is_in_review_is_not_moved_to_another_unit(town: Town, way: str) -> None:
    page = submitted(town).revision.content_object
    other = make_unit(town.water_office, WaterPage, title="另一自来水公司", industry=town.industries["waterworks"])
    above = make_person("above")
    appoint(above, town.water_office, Duty.EDITOR)

    if way == "api":
        act(above, page, "move", destination_page_id=other.pk, position="last-child")
    elif way == "bulk":
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        signed_in(above).post(f"{address}?id={page.pk}", {"chooser": other.pk})
    else:
        signed_in(above).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk]))

    assert Page.objects.get(pk=page.pk).get_parent().pk == town.water.pk
