"""The explorer, with many pages and with senseless addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.models import DisclosurePage
from tests.factories import make_disclosure, make_page, make_person, make_unit, make_units
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit, submitted, told


def explore(page: Any) -> str:
    return reverse("wagtailadmin_explore", args=[page.pk])


def listed(client: Client, address: str, **parameters: Any) -> str:
    response = client.get(address, parameters)
    assert response.status_code == 200
    return response.content.decode()


def _for_later(town: Town) -> DisclosurePage:
    return draft(town, entry="water_profile", title="排定的", go_live_at=timezone.now() + timedelta(days=3))


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_listing_says_where_each_page_stands(town: Town) -> None:
    reviewer = town.reviewer("water")
    make_disclosure(town.water, town.entries["water_profile"])
    decide(reviewer, submitted(town, title="退回的"), "reject", "请补充")
    submitted(town, title="在审的")
    draft(town, title="草稿的")
    decide(reviewer, submit(_for_later(town), town.editor("water")))

    page = listed(signed_in(town.editor("water")), explore(town.water))

    for state in ("已公开", "已退回", "审核中", "草稿", "已排定公开"):
        assert f">{state}</span>" in page


def test_a_listing_of_units_names_their_industry_and_superior(town: Town) -> None:
    page = listed(signed_in(town.administrator("water_office")), explore(town.water_office))

    assert "自来水" in page
    assert "市水务局" in page


def test_a_listing_of_records_names_the_industry_of_their_unit(town: Town) -> None:
    make_disclosure(town.water, town.entries["water_profile"])
    address = explore(town.water)

    response = signed_in(town.editor("water")).get(address)

    assert [str(page.desk_industry) for page in response.context["object_list"]] == ["自来水"]


@pytest.mark.parametrize(
    ("state", "left"),
    [("live", "公开的"), ("draft", "草稿的"), ("in_review", "在审的"), ("returned", "退回的"), ("changed", "改过的")],
)
def test_the_listing_narrows_to_a_state(town: Town, state: str, left: str) -> None:
    reviewer, editor = town.reviewer("water"), town.editor("water")
    make_disclosure(town.water, town.entries["water_profile"], title="公开的")
    changed = make_disclosure(town.water, town.entries["water_profile"], title="改过的")
    changed.save_revision(user=editor, changed=True)
    decide(reviewer, submitted(town, title="退回的"), "reject", "请补充")
    submitted(town, title="在审的")
    draft(town, title="草稿的")

    page = listed(signed_in(editor), explore(town.water), state=state)

    assert left in page
    if state in {"in_review", "returned", "changed"}:
        assert "公开的</span>" not in page


def test_the_listing_narrows_to_an_industry_and_its_branches(town: Town) -> None:
    client = signed_in(town.administrator("portal"))

    branch = listed(client, explore(town.portal), industry=town.industries["primary"].pk)
    sector = listed(client, explore(town.portal), industry=town.industries["water"].pk)

    assert "示例小学" in branch
    assert "示例自来水公司" not in branch
    assert "示例自来水公司" in sector


@pytest.mark.parametrize(
    "asked", ["state=nonsense", "industry=abc", "industry=999999", "q=%00", "p=999", "ordering=nonsense", "p=abc"]
)
def test_a_senseless_address_gets_an_answer(town: Town, asked: str) -> None:
    client = signed_in(town.editor("water"))
    draft(town)

    assert client.get(f"{explore(town.water)}?{asked}").status_code in {200, 302}


@pytest.mark.parametrize("ordering", ["ord", "-ord"])
def test_the_order_by_hand_is_refused_with_a_sentence(town: Town, ordering: str) -> None:
    boss = make_person("boss", is_superuser=True)

    response = signed_in(boss).get(explore(town.water), {"ordering": ordering, "q": "水"})

    assert response.status_code == 302
    assert "ordering" not in response.url
    assert "q=" in response.url
    assert "不支持手工排序" in told(response)[0]


def test_a_long_listing_costs_no_more_queries_than_a_short_one(town: Town) -> None:
    client = signed_in(town.editor("water"))

    def more(count: int) -> None:
        for number in range(count):
            submit(draft(town, title=f"在审{number}"), town.editor("water"))
            make_disclosure(town.water, town.entries["water_profile"], title=f"公开{number}")

    more(3)
    client.get(explore(town.water))
    few = queries(client, explore(town.water))
    more(22)

    assert queries(client, explore(town.water)) <= few
    assert few <= 45


def test_a_listing_of_units_costs_no_more_queries_when_there_are_more(town: Town) -> None:
    client = signed_in(town.administrator("water_office"))
    for _number in range(3):
        make_unit(town.water_office, industry=town.industries["waterworks"])
    client.get(explore(town.water_office))
    few = queries(client, explore(town.water_office))
    make_units(town.water_office, 30, industry=town.industries["waterworks"])

    assert queries(client, explore(town.water_office)) <= few


def test_a_page_of_the_listing_holds_fifty(town: Town) -> None:
    for number in range(55):
        make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title=f"水价{number}")

    page = listed(signed_in(town.editor("water")), explore(town.water))

    assert page.count("data-listing-page-title") == 50


def test_in_bulk_a_clerk_deletes_and_neither_publishes_nor_moves(town: Town) -> None:
    draft(town)

    page = listed(signed_in(town.editor("water")), explore(town.water))

    assert "/admin/bulk/wagtailcore/page/delete/" in page
    for action in ("publish", "unpublish", "move"):
        assert f"/admin/bulk/wagtailcore/page/{action}/" not in page


def test_the_top_of_the_tree_has_a_chinese_name(town: Town) -> None:
    page = listed(signed_in(make_person("root", is_superuser=True)), reverse("wagtailadmin_explore_root"))

    assert "全部页面" in page
    assert ">Root<" not in page
