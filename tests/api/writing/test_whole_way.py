"""From a unit's system to the public: screened, corrected, submitted, approved by three tiers, its number readable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ApiToken, Duty, OnceAnswered, Scope
from ledger.models import Event
from media.models import Document, Image
from pages.models import DisclosurePage
from snippets.models import ServiceItem
from tests.factories import appoint
from tests.people.test_people import change
from tests.people.test_people import editor_of as appointment_of
from tests.security.world import picture
from tests.town import Town
from tests.workflows.acts import decide
from workflows.authors import authors_since_approval

from .asking import TEXT, WRITE, System, disclosure, system_of, whole

CHAIN = ("school", "education_office", "district")


def school_draft(text: str) -> dict[str, Any]:
    return {
        "entry": "education_school:C01",
        "title": "招生计划",
        "summary": "2026年招生计划。",
        "generated_on": "2026-11-20",
        "keywords": ["招生"],
        "body": [{"type": "text", "value": f"<p>{text}</p>"}],
    }


def test_three_tiers_approve_what_a_system_wrote(town: Town) -> None:
    for place in CHAIN:
        town.reviewer(place)
    system = system_of(town, "school")
    made, etag = system.created("disclosures", school_draft(f"联系人身份证号 {identity()}。"))
    pk = made["id"]

    stopped = system.submit("disclosures", pk)
    assert stopped.status_code == 422, stopped.content.decode()
    assert "body" in {each["field"] for each in stopped.json()["errors"]}
    assert system.status("disclosures", pk)["findings"][0]["code"].startswith("personal_data")
    assert identity() not in str(system.status("disclosures", pk))

    corrected = system.put("disclosures", pk, school_draft("招生六个班。"), etag)
    assert corrected.status_code == 200, corrected.content.decode()
    submitted = system.submit("disclosures", pk)
    assert submitted.status_code == 200, submitted.content.decode()
    assert submitted.json()["state"] == "in_review"
    waiting = submitted.json()["waiting"]
    assert (waiting["tier"], waiting["office"]["title"]) == (1, "示例小学")

    page = DisclosurePage.objects.get(pk=pk)
    for _tier in range(3):
        state = page.current_workflow_task_state
        place = next(each for each in CHAIN if state.approver_id == getattr(town, each).pk)
        decide(town.reviewer(place), state)
        page = DisclosurePage.objects.get(pk=pk)

    status = system.status("disclosures", pk)
    assert (status["state"], status["is_public"]) == ("published", True)
    assert status["index_number"] == page.record.index_number
    assert system.client.get(f"/api/v2/disclosures/{pk}/").json()["title"] == "招生计划"


def identity() -> str:
    """Return a lawful number: the last character is its check."""
    digits = "21020219900307001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def test_what_came_back_says_who_returned_it_and_why(town: Town) -> None:
    town.reviewer("water")
    system = system_of(town)
    made, _etag = system.created("disclosures", whole())
    assert system.submit("disclosures", made["id"]).status_code == 200

    page = DisclosurePage.objects.get(pk=made["id"])
    decide(town.reviewer("water"), page.current_workflow_task_state, "reject", "请写明依据。")

    status = system.status("disclosures", made["id"])
    assert status["state"] == "returned"
    assert status["returned"]["reason"] == "other"
    assert status["returned"]["comment"] == "请写明依据。"
    assert status["returned"]["tier"] == 1
    again = system.put("disclosures", made["id"], whole(document_number="示例〔2026〕1号"), status["etag"])
    assert again.status_code == 200, again.content.decode()
    assert system.submit("disclosures", made["id"]).json()["state"] == "in_review"


def test_neither_the_person_nor_who_saw_the_secret_approves(town: Town) -> None:
    administrator = town.administrator("water")
    for person in (administrator, town.editor("water")):
        appoint(person, town.water, Duty.REVIEWER)
    system = system_of(town)
    made, _etag = system.created("disclosures", whole())
    system.submit("disclosures", made["id"])

    page = DisclosurePage.objects.get(pk=made["id"])
    for person in (administrator, town.editor("water")):
        decide(get_user_model()._default_manager.get(pk=person.pk), page.current_workflow_task_state)

    page.refresh_from_db()
    assert {administrator.pk, town.editor("water").pk} <= authors_since_approval(page)
    assert page.current_workflow_task_state is None or page.current_workflow_task_state.tier >= 1
    assert not page.live


def test_nothing_incomplete_is_submitted(town: Town) -> None:
    system = system_of(town)
    made, _etag = system.created("disclosures", {"entry": "water:B01", "title": "水价"})

    answer = system.submit("disclosures", made["id"])

    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert DisclosurePage.objects.get(pk=made["id"]).current_workflow_state is None


def test_a_service_item_goes_the_same_way(town: Town) -> None:
    system = system_of(town)
    code = system.created("disclosures", disclosure())[0]["organisation"]["code"]
    item = {
        "code": "water-bill",
        "title": "水费查询",
        "class": "query",
        "industry": "waterworks",
        "provider": code,
        "link": "https://example.org/bill",
        "personal_input": ["用户号"],
        "phone": "0411-12345678",
        "output": "账单",
        "time_limit": "即时",
        "fee": "免费",
        "hours": "全天",
        "steps": ["查询"],
        "help_text": "查询水费。",
    }
    made, _etag = system.created("service-items", item)

    answer = system.submit("service-items", made["id"], {"confirm_findings": True})

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["state"] == "in_review"
    assert not ServiceItem.objects.get(pk=made["id"]).live


def test_a_key_whose_first_request_was_refused_just_now_is_a_conflict(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = system_of(town)
    # As if another one held the key when it was claimed, and had let go when it was looked at.
    monkeypatch.setattr(OnceAnswered.objects, "bulk_create", lambda rows, **kwargs: rows)

    answer = system.create("disclosures", disclosure(), idempotency_key="a-1")

    assert answer.status_code == 409


def test_the_same_key_does_the_same_once(town: Town) -> None:
    system = system_of(town)

    first = system.create("disclosures", disclosure(), idempotency_key="a-1")
    again = system.create("disclosures", disclosure(), idempotency_key="a-1")
    other = system.create("disclosures", disclosure(title="另一条"), idempotency_key="a-1")

    assert [first.status_code, again.status_code, other.status_code] == [201, 201, 422]
    assert first.json() == again.json()
    assert first["ETag"] == again["ETag"]
    assert other.json()["type"].endswith("#reused-key")
    assert DisclosurePage.objects.count() == 1


def test_a_key_is_good_for_a_day_and_a_refusal_uses_none_up(town: Town, clock: Any) -> None:
    system = system_of(town)

    refused = system.create("disclosures", disclosure(title=""), idempotency_key="b-1")
    corrected = system.create("disclosures", disclosure(), idempotency_key="b-1")
    clock.shift(timedelta(hours=25))
    later = system.create("disclosures", disclosure(title="次日"), idempotency_key="b-1")

    assert [refused.status_code, corrected.status_code, later.status_code] == [422, 201, 201]


def test_what_is_being_answered_is_not_done_twice(town: Town) -> None:
    system = system_of(town)
    system.create("disclosures", disclosure(), idempotency_key="c-1")
    OnceAnswered.objects.update(status=None)

    answer = system.create("disclosures", disclosure(), idempotency_key="c-1")

    assert answer.status_code == 409
    assert DisclosurePage.objects.count() == 1


@pytest.mark.parametrize("key", ["x" * 129, "a b", "é", ""])
def test_a_bad_key_is_refused(town: Town, key: str) -> None:
    assert system_of(town).create("disclosures", disclosure(), idempotency_key=key).status_code == 400


def upload(system: System, kind: str, **parts: Any) -> Any:
    return system.client.post(f"{WRITE}/files/{kind}/", parts, HTTP_AUTHORIZATION=f"Bearer {system.secret}")


def test_a_file_is_owned_by_the_organisation_and_attached(town: Town) -> None:
    system = system_of(town)

    file = upload(system, "documents", title="价目表", file=SimpleUploadedFile("prices.txt", "水价".encode()))
    image = upload(system, "images", title="水厂", description="水厂大门", file=picture())

    assert (file.status_code, image.status_code) == (201, 201), (file.content.decode(), image.content.decode())
    number = file.json()["id"]
    document = Document.objects.get(pk=number)
    assert document.owner_organisation_id == town.water.pk
    assert document.uploaded_by_user == town.editor("water")
    assert document.extracted_text == "水价"
    assert Image.objects.get().owner_organisation_id == town.water.pk
    body = disclosure(attachments=[{"title": "价目表", "document": number}])
    made, etag = system.created("disclosures", body)
    assert made["attachments"] == [{"title": "价目表", "document": number}]
    assert system.put("disclosures", made["id"], disclosure(attachments=[]), etag).json()["attachments"] == []
    pictured = [{"type": "image", "value": {"picture": {"image": image.json()["id"], "alt_text": "水厂大门"}}}]
    assert system.created("disclosures", disclosure(title="水厂", body=pictured))


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"title": "x"}, 422),
        ({"title": "x", "file": ("a.exe", b"MZ")}, 422),
        ({"title": "x", "file": ("a.docm", b"PK")}, 422),
        ({"title": "", "file": ("a.txt", b"x")}, 422),
        ({"title": "x", "colour": "red", "file": ("a.txt", b"x")}, 422),
    ],
    ids=str,
)
def test_a_bad_file_is_not_kept(town: Town, parts: dict[str, Any], status: int) -> None:
    sent = {name: SimpleUploadedFile(*each) if isinstance(each, tuple) else each for name, each in parts.items()}

    answer = upload(system_of(town), "documents", **sent)

    assert answer.status_code == status, answer.content.decode()
    assert not Document.objects.exists()


def test_files_of_others_are_not_put_on_a_page(town: Town) -> None:
    file = SimpleUploadedFile("a.txt", b"x")
    number = upload(system_of(town, "school"), "documents", title="名单", file=file).json()["id"]

    answer = system_of(town).create("disclosures", disclosure(attachments=[{"title": "名单", "document": number}]))

    assert answer.status_code == 422
    assert "不属于" in answer.content.decode()


def test_a_preview_shows_one_draft_as_the_public_would_read_it(town: Town, clock: Any) -> None:
    system = system_of(town)
    made, etag = system.created("disclosures", disclosure())
    token = system.ask("POST", f"disclosures/{made['id']}/preview-token/").json()["token"]
    system.put("disclosures", made["id"], disclosure(title="改过的标题"), etag)
    reader = System(town.school, town.editor("school")).client

    shown = reader.get("/api/v2/preview/", {"token": token})
    clock.shift(timedelta(minutes=16))
    late = reader.get("/api/v2/preview/", {"token": token})

    assert shown.status_code == 200, shown.content.decode()
    assert shown.json()["title"] == "改过的标题"
    assert "示例正文" in shown.json()["body_text"]
    assert shown["Cache-Control"] == "no-store"
    assert not shown.has_header("ETag")
    assert late.status_code == 401
    assert Event.objects.filter(kind="preview.read").count() == 1
    assert reader.get(f"/api/v2/disclosures/{made['id']}/").status_code == 404


def test_a_preview_that_is_read_again_and_again_is_written_down_once(town: Town) -> None:
    system = system_of(town)
    made, _etag = system.created("disclosures", disclosure())
    tokens = [system.ask("POST", f"disclosures/{made['id']}/preview-token/").json()["token"] for _time in range(2)]

    for token in tokens * 3:
        assert system.client.get("/api/v2/preview/", {"token": token}).status_code == 200

    assert Event.objects.filter(kind="preview.read").count() == len(set(tokens))


@pytest.mark.parametrize("kind", ["notices", "service-items"])
def test_the_other_kinds_have_previews_too(town: Town, kind: str) -> None:
    system = system_of(town)
    code = system.created("disclosures", disclosure())[0]["organisation"]["code"]
    body: dict[str, Any] = {"title": "示例公告", "body": TEXT}
    if kind == "service-items":
        body = {"code": "bill", "title": "查询", "class": "query", "industry": "waterworks", "personal_input": ["号"]}
        body["provider"] = code
    made, _etag = system.created(kind, body)

    token = system.ask("POST", f"{kind}/{made['id']}/preview-token/").json()["token"]

    assert system.client.get("/api/v2/preview/", {"token": token}).json()["title"] == body["title"]


def test_a_preview_dies_with_its_makers_access(town: Town) -> None:
    system = system_of(town)
    made, _etag = system.created("disclosures", disclosure())
    tokens = [system.ask("POST", f"disclosures/{made['id']}/preview-token/").json()["token"] for _ in range(2)]

    change(town.administrator("water_office"), appointment_of(town, "water"), "suspend")
    suspended = system.client.get("/api/v2/preview/", {"token": tokens[0]})
    change(town.administrator("water_office"), appointment_of(town, "water"), "resume")
    resumed = system.client.get("/api/v2/preview/", {"token": tokens[0]})
    ApiToken.objects.update(scopes=[Scope.READ])
    narrowed = system.client.get("/api/v2/preview/", {"token": tokens[1]})

    assert [suspended.status_code, resumed.status_code, narrowed.status_code] == [401, 200, 401]


@pytest.mark.parametrize("token", ["x", "", "a:b:c", "é"])
def test_a_forged_preview_token_shows_nothing(town: Town, token: str) -> None:
    system = system_of(town)

    answer = system.client.get("/api/v2/preview/", {"token": token})

    assert answer.status_code in {400, 401}
