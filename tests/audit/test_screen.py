"""Auditors read the audit of their organisation and below; what they carry away is recorded."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.audit import views
from ledger.events import record
from ledger.models import Event, Result
from ledger.sealing import seal_events
from tests.factories import appoint, make_person
from tests.ledger.chains import happened, tamper
from tests.workflows.acts import signed_in, told, words

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/"


def read(user: Any, address: str = LIST, **query: str) -> str:
    response = signed_in(user).get(address, query)
    assert response.status_code == 200
    return words(response)


def sheet(user: Any, file_type: str, **query: str) -> Any:
    return signed_in(user).get(reverse("audit:export", args=[file_type]), query)


@pytest.fixture
def told_of(town) -> None:
    """Record one event for each of three organisations, and one of nobody."""
    for place in ("water", "school", "portal"):
        record("test.done", organisation=getattr(town, place), actor=town.editor(place), place=place)
    record("test.nobodys")


def test_an_auditor_reads_what_lies_below(town, told_of):
    html = read(town.auditor("education_office"))

    assert str(town.editor("school")) in html
    assert str(town.editor("water")) not in html
    assert "test.nobodys" not in html


def test_the_auditor_of_the_city_reads_all(town, told_of):
    html = read(town.auditor("portal"))

    assert all(str(town.editor(place)) in html for place in ("water", "school", "portal"))
    assert "test.nobodys" in html


def test_an_administrator_reads_too_unless_powers_are_separated(town, told_of, settings):
    administrator, operator = town.administrator("education_office"), make_person("root", is_superuser=True)

    assert str(town.editor("school")) in read(administrator)
    assert "test.nobodys" in read(operator)
    settings.SEPARATE_DUTIES = True
    assert {signed_in(user).get(LIST).status_code for user in (administrator, operator)} == {302}
    assert "test.nobodys" in read(town.auditor("portal"))


@pytest.mark.parametrize("duty", ["editor", "reviewer"])
def test_who_works_reads_nothing(town, duty):
    assert signed_in(getattr(town, duty)("portal")).get(LIST).status_code == 302


def test_who_was_relieved_reads_nothing(town):
    former = make_person("former")
    appoint(former, town.portal, "auditor", until=timezone.localdate() - timedelta(days=1))

    assert signed_in(former).get(LIST).status_code == 302


def test_the_menu_leads_there_for_those_who_may(town):
    def menu(user: Any) -> str:
        return words(signed_in(user).get(reverse("wagtailadmin_home")))

    assert LIST in menu(town.auditor("water"))
    assert LIST not in menu(town.editor("water"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"person": "school-editor"}, {"school"}),
        ({"organisation": "示例区"}, {"school"}),
        ({"organisation": "没有的单位"}, set()),
        ({"words": "192.0.2"}, {"portal"}),
        ({"words": "水价"}, {"water"}),
        ({"result": "refused"}, {"water"}),
        ({"since": "2026-11-20", "until": "2026-11-20"}, {"portal"}),
        ({"kind": "wagtail.publish"}, set()),
        ({"since": "nonsense", "words": "水价"}, {"water"}),
    ],
)
def test_the_audit_is_narrowed(town, clock, query, found):
    Event.objects.create(kind="test.a", organisation_id=town.school.pk, actor_name=str(town.editor("school")))
    Event.objects.create(kind="test.b", organisation_id=town.water.pk, subject_title="水价公示", result=Result.REFUSED)
    early = Event(kind="test.c", organisation_id=town.portal.pk, address="192.0.2.7")
    happened(early, timedelta(days=3))
    names = {"test.a": "school", "test.b": "water", "test.c": "portal"}

    html = read(town.auditor("portal"), **query)

    assert {name for kind, name in names.items() if f">{kind}<" in html} == found


def test_a_kind_is_said_in_words_and_an_unknown_one_as_it_is(town):
    record("people.appointed", organisation=town.water)
    record("robot.moved", organisation=town.water)

    html = read(town.auditor("water"))

    assert ">任命<" in html
    assert ">robot.moved<" in html


def test_one_event_shows_before_and_after_and_its_seal(town):
    event = record(
        "people.suspended",
        town.editor("water"),
        organisation=town.water,
        before={"is_suspended": False, "until": None},
        after={"is_suspended": True, "until": None},
        duty="editor",
    )
    seal_events()

    html = read(town.auditor("water"), reverse("audit:event", args=[event.pk]))

    assert "<mark>是</mark>" in html
    assert "编辑员" in html
    assert "与封存时一致" in html


def test_an_event_that_was_changed_is_shown_as_such(town):
    event = record("test.done", organisation=town.water)
    seal_events()
    tamper("UPDATE ledger_event SET kind = 'other' WHERE id = %s", [event.pk])

    assert "不一致" in read(town.auditor("water"), reverse("audit:event", args=[event.pk]))


def test_an_event_out_of_reach_is_not_found(town):
    event = record("test.done", organisation=town.school)

    address = reverse("audit:event", args=[event.pk])

    assert signed_in(town.auditor("water")).get(address).status_code == 404


def test_how_the_chain_stands_is_said(town):
    auditor = town.auditor("portal")
    assert "还没有核对过" in read(auditor)

    record("audit.verified", sequence=7, problem="")
    assert "核对至第 7 号" in read(auditor)

    record("audit.verified", result=Result.FAILED, sequence=7, problem="缺少第 8 号封存")
    assert "审计链有断点：缺少第 8 号封存" in read(auditor)


def test_an_export_is_guarded_and_recorded(town):
    record("test.done", organisation=town.water, actor=town.editor("water"), note="甲")
    Event.objects.create(kind="test.evil", organisation_id=town.water.pk, subject_title="=1+1")
    auditor = town.auditor("water")

    table = b"".join(sheet(auditor, "csv").streaming_content).decode()
    response = sheet(auditor, "xlsx", words="=1+1")
    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.iter_rows(values_only=True))

    assert "'=1+1" in table
    assert '""note"": ""甲""' in table
    assert [row[6] for row in rows] == ["对象", "=1+1"]
    exported = Event.objects.filter(kind="export.downloaded").order_by("pk")
    assert [event.data["query"] for event in exported] == ["", "words=%3D1%2B1"]


def test_a_spreadsheet_too_long_to_open_is_refused(town, monkeypatch):
    monkeypatch.setattr(views, "MOST_IN_XLSX", 2)
    for _number in range(3):
        record("test.done", organisation=town.water)

    response = sheet(town.auditor("water"), "xlsx")

    assert response.status_code == 302
    assert "请缩小范围" in told(response)[0]


def test_a_great_many_events_cost_no_more(town, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(views, "MOST", 120)
    Event.objects.bulk_create(Event(kind="test.done", organisation_id=town.water.pk) for _number in range(300))
    seal_events()
    client = signed_in(town.auditor("water_office"))
    client.get(LIST)

    with django_assert_max_num_queries(16):
        html = words(client.get(LIST, {"organisation": "水", "page": "2"}))

    assert "超过 120 条" in html


def test_an_auditor_starts_with_what_the_last_day_brought(town) -> None:
    record("access.refused", town.water, result="refused")
    record("people.appointed", town.water)
    Event.objects.create(kind="access.refused", result="refused", at=timezone.now() - timedelta(days=3))

    auditor = signed_in(town.auditor("portal")).get(reverse("wagtailadmin_home")).content.decode()
    editor = signed_in(town.editor("water")).get(reverse("wagtailadmin_home")).content.decode()

    counted = dict(re.findall(r">([^<]+)</a> <span class=\"num\">(\d+)<", auditor))
    assert counted["被拒绝"] == "1"
    assert int(counted["全部"]) == sum(int(counted[each]) for each in ("成功", "被拒绝", "失败"))
    assert 'role="search"' not in auditor
    assert "desk-audit" not in editor
    assert 'role="search"' in editor
