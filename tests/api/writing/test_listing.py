"""A system sees its own drafts with where each stands, and writes a part of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Scope
from accounts.withdrawable import Leaving, WithdrawalKind
from cms.api.writing.shown import STATES
from pages.models import DisclosurePage
from snippets.models import ServiceItem
from tests.factories import make_disclosure, make_notice, make_service_item
from tests.town import Town
from tests.workflows.acts import decide, draft, draft_service, submit

from .asking import System, disclosure, system_of, whole


def listed(system: System, kind: str = "disclosures", query: str = "") -> dict[str, Any]:
    answer = system.ask("GET", f"{kind}/?{query}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def numbers(system: System, kind: str = "disclosures", query: str = "") -> list[int]:
    return [item["id"] for item in listed(system, kind, query)["items"]]


def in_every_state(town: Town) -> dict[str, int]:
    """Return the number of a disclosure in each state."""
    made = {name: draft(town, title=f"信息{name}") for name in ("draft", "screening", "in_review", "returned")}
    town.reviewer("water")
    for name in ("in_review", "returned"):
        submit(made[name], town.editor("water"))
    decide(town.reviewer("water"), _page(made["returned"]).current_workflow_task_state, "reject", "请写明依据。")
    _page(made["screening"]).get_workflow().start(_page(made["screening"]), town.editor("water"))
    made["scheduled"] = draft(town, title="信息scheduled")
    scheduled = _page(made["scheduled"])
    scheduled.go_live_at = timezone.now() + timedelta(days=2)
    revision = scheduled.save_revision()
    revision.publish(skip_permission_checks=True)
    made["published"] = make_disclosure(town.water, town.entries["water_price"], title="信息published")
    made["withdrawn"] = make_disclosure(town.water, town.entries["water_price"], title="信息withdrawn")
    made["withdrawn"].leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))
    return {name: page.pk for name, page in made.items()}


def _page(page: Any) -> Any:
    return DisclosurePage.objects.get(pk=page.pk)


def test_each_state_is_the_one_the_draft_itself_tells(town: Town) -> None:
    made = in_every_state(town)
    system = system_of(town)

    items = {item["id"]: item for item in listed(system, query="limit=100")["items"]}

    told = {pk: system.status("disclosures", pk)["state"] for pk in made.values()}
    assert {pk: item["state"] for pk, item in items.items()} == told
    assert set(told.values()) >= set(STATES) - {"screening"}
    assert all(item["state_label"] for item in items.values())


def test_a_notice_tells_where_its_draft_stands_not_whether_it_goes_on(town: Town) -> None:
    notice, system = make_notice(town.water, live=False), system_of(town)

    (item,) = listed(system, "notices")["items"]

    assert (item["id"], item["state"]) == (notice.pk, "draft")
    assert numbers(system, "notices", "state=draft") == [notice.pk]


def test_they_are_narrowed_by_state(town: Town) -> None:
    made = in_every_state(town)
    system = system_of(town)

    assert numbers(system, query="state=returned") == [made["returned"]]
    assert set(numbers(system, query="state=returned,withdrawn")) == {made["returned"], made["withdrawn"]}


def test_a_page_of_the_list_leads_to_the_next(town: Town) -> None:
    made = [draft(town, title=f"信息{n}").pk for n in range(5)]
    system = system_of(town)

    found, address = [], "disclosures/?limit=2&state=draft"
    while address:
        answer = system.ask("GET", address).json()
        found.append([item["id"] for item in answer["items"]])
        address = (answer["meta"]["next"] or "").rpartition("/write/")[2]

    assert found == [[made[4], made[3]], [made[2], made[1]], [made[0]]]


def test_an_item_says_what_the_latest_version_says(town: Town) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", disclosure())
    changed = system.put("disclosures", made["id"], disclosure(title="改过的"), etag)

    (item,) = listed(system)["items"]

    assert (item["title"], item["etag"]) == ("改过的", changed["ETag"])
    assert item["organisation"] == made["organisation"]
    assert item["updated_at"] == changed.json()["updated_at"]
    assert system.client.get(item["status_url"], HTTP_AUTHORIZATION=f"Bearer {system.secret}").status_code == 200
    later = (timezone.now() + timedelta(hours=1)).isoformat().replace("+", "%2B")
    assert numbers(system, query=f"updated_after={later}") == []


def test_what_is_listed_is_what_can_be_read(town: Town) -> None:
    places = {"school": "school_admission", "education_office": "office_functions", "water": "water_price"}
    pages = {place: draft(town, place, entry).pk for place, entry in places.items()}

    for place in places:
        system = system_of(town, place)
        readable = {pk for pk in pages.values() if system.ask("GET", f"disclosures/{pk}/").status_code == 200}
        assert set(numbers(system)) == readable
    below = System(town.school, town.editor("education_office"))
    assert numbers(below) == [pages["school"]]


def test_service_items_are_listed_where_their_provider_is(town: Town) -> None:
    own = draft_service(town)
    other = make_service_item(town.school, town.industries["primary"], title="学籍查询", code="S")
    whole_branch = make_service_item(None, town.industries["primary"], title="通用", code="N")

    assert numbers(system_of(town), "service-items") == [own.pk]
    system = system_of(town, "portal")
    readable = [
        item.pk
        for item in ServiceItem.objects.order_by("-pk")
        if system.ask("GET", f"service-items/{item.pk}/").status_code == 200
    ]
    assert numbers(system, "service-items") == readable == [other.pk, own.pk]
    assert whole_branch.pk not in readable


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("state=lost", "state"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
        ("colour=red", "colour"),
        ("updated_after=soon", "updated_after"),
        ("state=draft&state=draft", "state"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(town: Town, query: str, parameter: str) -> None:
    answer = system_of(town).ask("GET", f"disclosures/?{query}")

    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)


@pytest.mark.parametrize("scopes", [[Scope.READ], [Scope.SUBMIT], [Scope.PREVIEW]])
def test_the_list_needs_the_scope_of_writing(town: Town, scopes: Any) -> None:
    draft(town)

    assert system_of(town, scopes=scopes).ask("GET", "disclosures/").status_code == 403


def test_without_a_token_there_is_no_list(client: Any, town: Town) -> None:
    client.force_login(town.editor("water"))

    assert client.get("/api/v2/write/disclosures/").status_code == 401


def test_more_drafts_cost_no_more_queries(town: Town) -> None:
    system = system_of(town)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            listed(system, query="limit=100")
        return len(queries)

    draft(town)
    cost()
    few = cost()
    for n in range(6):
        draft(town, title=f"信息{n}")

    assert cost() == few


def test_a_part_is_written_and_the_rest_stays(town: Town) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", whole())

    answer = system.ask("PATCH", f"disclosures/{made['id']}/", {"title": "新的题目", "keywords": None}, if_match=etag)

    assert answer.status_code == 200, answer.content.decode()
    kept = {name: value for name, value in answer.json().items() if name not in {"title", "keywords", "updated_at"}}
    assert kept == {name: value for name, value in made.items() if name not in {"title", "keywords", "updated_at"}}
    assert (answer.json()["title"], answer.json()["keywords"]) == ("新的题目", [])
    assert answer["ETag"] != etag


def test_a_part_is_accepted_under_the_name_of_merging(town: Town) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", disclosure())

    answer = system.client.patch(
        f"/api/v2/write/disclosures/{made['id']}/",
        '{"title": "新的题目"}',
        "application/merge-patch+json",
        HTTP_AUTHORIZATION=f"Bearer {system.secret}",
        HTTP_IF_MATCH=etag,
    )

    assert answer.status_code == 200, answer.content.decode()


@pytest.mark.parametrize(
    ("body", "match", "status"),
    [
        ({"title": "x"}, "", 428),
        ({"title": "x"}, '"0"', 412),
        ({"colour": "red"}, "*", 422),
        ({"entry": "education_school:C01"}, "*", 422),
        ({"title": ""}, "*", 422),
    ],
)
def test_a_part_is_held_to_the_same_rules(town: Town, body: Any, match: str, status: int) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", disclosure())

    headers = {"if_match": match} if match else {}
    answer = system.ask("PATCH", f"disclosures/{made['id']}/", body, **headers)

    assert answer.status_code == status, answer.content.decode()
    assert system.ask("GET", f"disclosures/{made['id']}/")["ETag"] == etag


def test_a_part_is_refused_where_the_whole_is(town: Town) -> None:
    page, elsewhere = draft(town), draft(town, "school", "school_admission")
    system = system_of(town)
    page.submit_for_approval(town.editor("water"))

    answers = [
        system.ask("PATCH", f"disclosures/{pk}/", {"title": "x"}, if_match="*") for pk in (page.pk, elsewhere.pk)
    ]

    assert [answer.status_code for answer in answers] == [409, 404]
