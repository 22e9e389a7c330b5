"""Before submitting, the form says who will decide; submitting then does so."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pages.models import DisclosurePage
from tests.town import Town

from .acts import draft, draft_service, signed_in, submit, words


def form(town: Town, page: Any) -> str:
    client = signed_in(town.editor("water"))
    return words(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def test_the_form_names_the_offices_in_their_order(town: Town) -> None:
    town.reviewer("water"), town.reviewer("water_office")
    page = draft(town)

    said = form(town, page)
    state = submit(page, town.editor("water"))

    assert "提交后：初审（示例自来水公司） → 复审（市水务局） → 公开" in said
    assert state.approver.title == "示例自来水公司"


def test_an_office_without_reviewer_is_passed_over_and_one_that_decided_decides_once(town: Town) -> None:
    town.reviewer("water_office")
    page = draft(town)

    assert "提交后：初审（市水务局） → 公开" in form(town, page)


def test_where_nobody_reviews_it_says_for_whom_it_waits(town: Town) -> None:
    assert "任命审核员" in form(town, draft(town))


def test_a_new_page_says_it_for_each_number_of_tiers(town: Town) -> None:
    town.reviewer("water"), town.reviewer("water_office"), town.reviewer("portal")
    address = reverse("wagtailadmin_pages:add", args=["pages", "disclosurepage", town.water.pk])

    said = words(signed_in(town.editor("water")).get(address))

    assert "1 级审核的事项：初审（示例自来水公司） → 公开" in said
    assert "3 级审核的事项：初审（示例自来水公司） → 复审（市水务局） → 终审（示例市办事公开网） → 公开" in said


def test_in_review_it_says_nothing_of_submitting(town: Town) -> None:
    town.reviewer("water"), town.reviewer("water_office")
    page = draft(town)
    submit(page, town.editor("water"))

    assert "提交后：" not in form(town, DisclosurePage.objects.get(pk=page.pk))


def test_the_form_of_a_service_item_names_its_provider_s_chain(town: Town) -> None:
    town.reviewer("water"), town.reviewer("water_office")
    item = draft_service(town)
    address = reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])

    said = words(signed_in(town.editor("water")).get(address))

    assert "提交后：初审（示例自来水公司） → 复审（市水务局） → 公开" in said


def test_the_form_of_a_unit_names_its_chain_too(town: Town) -> None:
    town.reviewer("water"), town.reviewer("water_office")

    assert "提交后：初审（示例自来水公司） → 复审（市水务局） → 公开" in form(town, town.water)
