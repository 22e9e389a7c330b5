"""Drafts by API: made and changed through the editor's form, by whoever may, where the token reaches."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Scope, TokenUse
from cms.api.problems import MEDIA_TYPE
from ledger.models import Event
from pages.models import DisclosurePage, NoticePage
from snippets.models import ServiceItem
from tests.people.test_people import change
from tests.people.test_people import editor_of as appointment_of
from tests.town import Town
from tests.workflows.acts import draft

from .asking import TEXT, WRITE, System, disclosure, system_of, whole


def test_a_draft_is_made_as_the_editor_makes_it(town: Town) -> None:
    made, etag = system_of(town).created("disclosures", whole())

    page = DisclosurePage.objects.get(pk=made["id"])
    latest = page.get_latest_revision_as_object()
    assert not page.live
    assert page.get_parent().pk == town.water.pk
    assert page.owner == page.latest_revision.user == town.editor("water")
    assert latest.keywords == ["水价", "居民 用水"] or sorted(latest.keywords) == ["居民 用水", "水价"]
    assert str(latest.body[0].value["groups"][0]["fees"][0]["amount"]) == "3.20"
    assert made["state"] == "draft"
    assert etag
    event = Event.objects.get(kind="written.created")
    assert (event.actor_id, event.channel) == (town.editor("water").pk, "api")


def test_what_is_read_can_be_sent_back(town: Town) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", whole())

    answer = system.put("disclosures", made["id"], made, etag)

    again = answer.json()
    assert answer.status_code == 200, again
    assert answer["ETag"] != etag
    for read_only in ("updated_at",):
        again.pop(read_only), made.pop(read_only)
    assert again == made


def test_a_notice_and_a_service_item_are_written_the_same_way(town: Town) -> None:
    system = system_of(town)
    notice = {
        "kind": "planned_outage",
        "title": "示例停水公告",
        "starts_at": "2026-12-01T08:00:00+08:00",
        "ends_at": "2026-12-01T18:00:00+08:00",
        "area": "示例街道",
        "body": TEXT,
    }
    item = {
        "code": "water-bill",
        "title": "水费查询",
        "class": "query",
        "industry": "waterworks",
        "personal_input": ["用户号"],
        "steps": ["登录", "查询"],
    }
    code = system.created("notices", notice)[0]["organisation"]["code"]

    made, _etag = system.created("service-items", item | {"provider": code})

    page = NoticePage.objects.get().get_latest_revision_as_object()
    assert page.starts_at.isoformat().startswith("2026-12-01T0")
    assert ServiceItem.objects.get(pk=made["id"]).provider.pk == town.water.pk
    assert made["steps"] == ["登录", "查询"]
    assert not ServiceItem.objects.get(pk=made["id"]).live


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (disclosure(entry="education_school:C01"), "entry"),
        (disclosure(entry="water:X99"), "entry"),
        (disclosure(entry=7), "entry"),
        (disclosure(title=""), "title"),
        (disclosure(title=["x"]), "title"),
        (disclosure(colour="red"), "colour"),
        (disclosure(generated_on="2026-13-45"), "generated_on"),
        (disclosure(generated_on="soon"), "generated_on"),
        (disclosure(publicity="secret"), "publicity"),
        (disclosure(summary="长" * 101), "summary"),
        (disclosure(keywords="水"), "keywords"),
        (disclosure(supersedes="no/such"), "supersedes"),
        (disclosure(body="text"), "body"),
        (disclosure(body=[{"type": "nothing", "value": 1}]), "body[0].type"),
        (disclosure(body=["text"]), "body[0]"),
        (disclosure(body=[{"type": "text", "value": {}}]), "body[0].value"),
        (disclosure(body=[{"type": "faq", "value": []}]), "body[0].value"),
        (disclosure(body=[{"type": "faq", "value": {"colour": 1}}]), "body[0].value.colour"),
        (disclosure(body=[{"type": "table", "value": {"table": {"columns": 1}}}]), "body[0].value.table"),
        (disclosure(body=[{"type": "form", "value": {"document": 999999}}]), "body[0].value.document"),
        (disclosure(body=[{"type": "form", "value": {"document": "x"}}]), "body[0].value.document"),
        (disclosure(body=[{"type": "text", "value": "<a linktype='page' id='x'>y</a>"}]), "body[0].value"),
        (disclosure(body=[{"type": "service_link", "value": {"url": "no address"}}]), "body[0].value.url"),
        (disclosure(attachments=[{"title": "x"}]), "attachments[0].document"),
        (disclosure(attachments=[{"title": "x", "document": 999999}]), "attachments[0].document"),
        (disclosure(organisation="no-such"), "organisation"),
        (disclosure(expire_at="2020-01-01T00:00:00+08:00"), "expire_at"),
        (disclosure(go_live_at="0377-12-15T00:00:11Z"), "go_live_at"),
        (disclosure(expire_at="9999-12-31T23:59:59Z"), "expire_at"),
    ],
    ids=str,
)
def test_a_bad_value_is_refused_by_its_path(town: Town, body: dict[str, Any], field: str) -> None:
    answer = system_of(town).create("disclosures", body)

    told = answer.json()
    assert answer.status_code == 422, told
    assert answer["Content-Type"] == MEDIA_TYPE
    assert field in {each["field"] for each in told["errors"]}, told
    assert told["type"].endswith("#invalid")
    assert not DisclosurePage.objects.exists()


def test_a_notice_of_another_age_is_refused(town: Town) -> None:
    notice = {"kind": "planned_outage", "title": "示例停水公告", "starts_at": "0377-12-15T00:00:11Z", "body": TEXT}

    answer = system_of(town).create("notices", notice)

    assert answer.status_code == 422
    assert "starts_at" in {each["field"] for each in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"title": "\\ud800"}', 400),
        (b'{"title": "\\u0000"}', 400),
        (b'{"title": NaN}', 400),
        (b'{"title": 1e999999999}', 422),
        (b'{"title": "' + b"x" * 2_000_001 + b'"}', 413),
    ],
    ids=range(10),
)
def test_no_body_is_a_failure_of_ours(town: Town, content: bytes, status: int) -> None:
    system = system_of(town)

    answer = system.client.post(
        f"{WRITE}/disclosures/", content, "application/json", HTTP_AUTHORIZATION=f"Bearer {system.secret}"
    )

    assert answer.status_code == status
    assert answer["Content-Type"] == MEDIA_TYPE
    assert answer["Cache-Control"] == "no-store"


def test_another_type_of_content_is_refused(town: Town) -> None:
    system = system_of(town)

    answer = system.client.post(f"{WRITE}/disclosures/", {"title": "x"}, HTTP_AUTHORIZATION=f"Bearer {system.secret}")

    assert answer.status_code == 415


def test_nobody_writes_without_a_token_nor_by_cookie(town: Town) -> None:
    client = Client()
    client.force_login(town.editor("water"))

    answer = client.post(f"{WRITE}/disclosures/", disclosure(), "application/json")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert not DisclosurePage.objects.exists()


@pytest.mark.parametrize(
    ("scopes", "method", "address", "status"),
    [
        ([Scope.READ], "POST", "disclosures/", 403),
        ([Scope.SUBMIT], "POST", "disclosures/", 403),
        ([Scope.WRITE], "POST", "disclosures/{}/submit/", 403),
        ([Scope.WRITE], "POST", "disclosures/{}/preview-token/", 403),
        ([Scope.PREVIEW], "GET", "disclosures/{}/", 403),
        ([Scope.WRITE], "GET", "disclosures/{}/", 200),
        ([Scope.WRITE], "GET", "disclosures/{}/status/", 200),
        ([Scope.WRITE], "POST", "files/documents/", 415),
        ([Scope.READ], "POST", "files/documents/", 403),
    ],
)
def test_each_act_has_its_scope(town: Town, scopes: Any, method: str, address: str, status: int) -> None:
    page = draft(town)

    answer = system_of(town, scopes=scopes).ask(method, address.format(page.pk), disclosure())

    assert answer.status_code == status, answer.content.decode()


def test_a_token_reaches_its_own_subtree_and_nothing_else(town: Town) -> None:
    pages = {place: draft(town, place, entry) for place, entry in PLACES.items()}
    answers = {owner: _reading(system_of(town, owner), pages) for owner in PLACES}

    assert answers["school"] == {"school": 200, "education_office": 404, "hall": 404, "water": 404}
    assert answers["education_office"] == {"school": 200, "education_office": 200, "hall": 404, "water": 404}
    assert answers["water"] == {"school": 404, "education_office": 404, "hall": 404, "water": 200}


def _reading(system: System, pages: dict[str, Any]) -> dict[str, int]:
    return {place: system.ask("GET", f"disclosures/{page.pk}/").status_code for place, page in pages.items()}


PLACES = {
    "school": "school_admission",
    "education_office": "office_functions",
    "hall": "hall_guide",
    "water": "water_price",
}


def test_a_token_above_its_editor_reaches_no_further_than_he_and_below_no_further_than_itself(town: Town) -> None:
    page, above = draft(town, "school", "school_admission"), draft(town, "education_office", "office_functions")
    system = System(town.school, town.editor("education_office"))

    assert system.ask("GET", f"disclosures/{page.pk}/").status_code == 200
    assert system.ask("GET", f"disclosures/{above.pk}/").status_code == 404
    assert system.put("disclosures", above.pk, disclosure(), "*").status_code == 404
    code = system_of(town, "education_office").created("disclosures", OFFICE)[0]["organisation"]["code"]
    if code:
        assert system.create("disclosures", OFFICE | {"organisation": code}).status_code == 403


OFFICE = {"entry": "office:A01", "title": "示例职能", "body": TEXT}


def test_a_suspended_person_writes_no_more_and_reads_on(town: Town) -> None:
    system = system_of(town)
    change(town.administrator("water_office"), appointment_of(town, "water"), "suspend")

    written, read = (
        system.create("disclosures", disclosure()),
        system.client.get("/api/v2/industries/", HTTP_AUTHORIZATION=f"Bearer {system.secret}"),
    )

    assert (written.status_code, read.status_code) == (403, 200)
    assert TokenUse.objects.get(token=system.token).refused == 1


def test_writing_needs_the_version_that_was_read(town: Town) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", disclosure())
    pk = made["id"]

    missing = system.ask("PUT", f"disclosures/{pk}/", disclosure())
    first = system.put("disclosures", pk, disclosure(title="第一次"), etag)
    second = system.put("disclosures", pk, disclosure(title="第二次"), etag)

    assert [missing.status_code, first.status_code, second.status_code] == [428, 200, 412]
    assert DisclosurePage.objects.get(pk=pk).title == "第一次"


def test_a_version_that_was_packed_on_the_way_is_the_same(town: Town) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", disclosure())

    answer = system.put("disclosures", made["id"], disclosure(title="第一次"), f"W/{etag}")

    assert answer.status_code == 200


def test_in_review_it_is_locked_for_the_system_too(town: Town) -> None:
    system = system_of(town)
    page = draft(town)
    page.submit_for_approval(town.editor("water"))

    answers = [
        system.put("disclosures", page.pk, whole(), "*"),
        system.submit("disclosures", page.pk),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "等待" in answers[0].json()["detail"]


def test_writing_has_an_own_count(town: Town, settings: Any, clock: Any) -> None:
    settings.API_TOKEN_WRITE_LIMIT, settings.API_RATE_SECONDS = 2, 3600
    system = system_of(town)

    answers = [system.create("disclosures", disclosure(title=f"第{n}")) for n in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[0]["RateLimit-Policy"] == '"token-write";q=2;w=3600'
    assert TokenUse.objects.get(token=system.token).writes == 3


def test_there_is_no_other_kind_and_no_other_method(town: Town) -> None:
    system = system_of(town)

    assert system.create("pages", disclosure()).status_code == 404
    assert system.ask("DELETE", "disclosures/1/").status_code == 405
    assert system.ask("PATCH", "disclosures/", {}).status_code == 405
