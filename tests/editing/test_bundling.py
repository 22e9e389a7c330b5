"""Choosing drafts that are submitted as one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from cms.demo.bodies import stream
from cms.editing.bundling import drafts_below
from pages.models import DisclosurePage
from tests.factories import make_disclosure, make_page
from tests.town import Town
from tests.workflows.acts import signed_in, submit, words
from workflows.models import Bundle
from workflows.withdrawing import Plan, withdraw


def complete(town: Town, title: str, place: str = "water", entry: str = "water_profile") -> DisclosurePage:
    page: DisclosurePage = make_page(
        DisclosurePage, getattr(town, place), live=False, title=title, entry=town.entries[entry]
    )
    page.summary, page.generated_on = "概述", date(2026, 11, 20)
    page.body = stream(("text", "<p>正文。</p>"))
    page.save_revision(user=town.editor(place))
    return page


def send(town: Town, *pages: Any, place: str = "water") -> Any:
    client = signed_in(town.editor(place))
    address = reverse("editing:bundle", args=[getattr(town, place).pk])
    return client.post(address, {"title": "调价", "reason": "同时生效", "drafts": [page.pk for page in pages]})


def test_chosen_drafts_become_a_bundle_in_review(town: Town) -> None:
    town.reviewer("water")
    first, second = complete(town, "甲"), complete(town, "乙")

    response = send(town, first, second)

    bundle = Bundle.objects.get()
    assert response.url == reverse("approval:bundle", args=[bundle.pk])
    assert {member.title for member in bundle.members.all()} == {"甲", "乙"}
    assert first.workflow_in_progress


def test_what_is_in_review_is_not_offered(town: Town) -> None:
    town.reviewer("water")
    waiting, free = complete(town, "已提交"), complete(town, "还没提交")
    submit(waiting, town.editor("water"))

    page = words(signed_in(town.editor("water")).get(reverse("editing:bundle", args=[town.water.pk])))

    assert "没有两件以上" in page
    assert "已提交" not in page
    assert send(town, waiting, free).status_code == 200
    assert not Bundle.objects.exists()


def test_what_has_left_the_public_is_not_offered(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_profile"], title="撤下的", owner=town.editor("water"))
    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan("gone", "误发。"))

    assert drafts_below(town.water) == []


def test_an_incomplete_draft_keeps_all_back_and_says_what_it_lacks(town: Town) -> None:
    town.reviewer("water")
    first, second = complete(town, "甲"), complete(town, "乙")
    second.summary = ""
    second.save_revision(user=town.editor("water"))

    page = words(send(town, first, second))

    assert "一件也没有提交" in page
    assert "《乙》：请用一句话写明内容概述" in page
    assert not first.workflow_in_progress


def test_an_office_puts_drafts_of_several_units_together(town: Town) -> None:
    for place in ("school", "hall", "district"):
        town.reviewer(place)
    first = complete(town, "招生", "school", "school_admission")
    second = complete(town, "指南", "hall", "hall_guide")
    second.body = stream(("text", "<p>正文。</p>"))

    page = words(signed_in(town.editor("district")).get(reverse("editing:bundle", args=[town.district.pk])))

    assert "招生（示例小学）" in page
    assert "指南（示例便民大厅）" in page
    assert first.pk != second.pk


def test_one_alone_is_no_bundle(town: Town) -> None:
    town.reviewer("water")
    first, _second = complete(town, "甲"), complete(town, "乙")

    assert "2 到 50 件" in words(send(town, first))


def test_the_start_page_tells_a_bundle_as_one(town: Town) -> None:
    town.reviewer("water")
    send(town, complete(town, "甲"), complete(town, "乙"))

    page = words(signed_in(town.editor("water")).get(reverse("wagtailadmin_home")))

    assert "批次：调价" in page
    assert ">甲<" not in page
