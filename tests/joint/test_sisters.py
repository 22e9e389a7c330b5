"""A sister portal is asked for pages and for services; by the description of its search, too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.joint.asking import State, ask
from tests.factories import ServiceIndexPage, make_disclosure, make_page, make_service_item
from tests.town import Town

from .answering import Engine, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_sources")]
SERVICES = "/api/v2/service-items/"


def page(title: str) -> dict[str, Any]:
    meta = {"html_url": f"https://b.example.org/{title}/", "first_published_at": "2026-11-20T09:00:00+08:00"}
    return {"title": title, "summary": "摘要", "organisation": {"title": "示例局"}, "meta": meta}


def service(title: str, **meta: Any) -> dict[str, Any]:
    told = {"html_url": f"https://b.example.org/services/{title}/", "first_published_at": None, **meta}
    do_url = f"https://b.example.org/do/{title}/"
    return {"title": title, "help_text": "说明", "provider": {"title": "示例公司"}, "do_url": do_url, "meta": told}


def listed(*items: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    return {"meta": {"total_count": len(items) if total is None else total}, "items": list(items)}


def test_services_come_first_and_both_are_counted(engine: Engine) -> None:
    engine.says(listed(*(page(f"p{number}") for number in range(10)), total=40))
    engine.beside = {SERVICES: listed(service("s1"), service("s2", html_url=None), total=2)}

    answer = ask(make_source(engine, "gongkai"), "水费", "zh-hans").answer

    assert [each.title for each in answer.findings] == ["s1", "s2", *(f"p{number}" for number in range(8))]
    assert [each.url for each in answer.findings[:2]] == [
        "https://b.example.org/services/s1/", "https://b.example.org/do/s2/"
    ]  # fmt: skip
    assert (answer.findings[0].publisher, answer.findings[0].excerpt, answer.total) == ("示例公司", "说明", 42)
    assert [each.get("search") for each in engine.words] == [["水费"], ["水费"]]


@pytest.mark.parametrize("said", [None, {"items": None}, {"items": ["x", {"meta": 1}]}])
def test_a_portal_without_services_is_shown_with_its_pages(engine: Engine, said: Any) -> None:
    engine.says(listed(page("p1")))
    engine.beside = {SERVICES: said or ""}

    found = ask(make_source(engine, "gongkai"), "水费", "zh-hans")

    assert found.state == State.ANSWERED
    assert [each.title for each in found.answer.findings] == ["p1"]
    assert found.answer.total is None


def test_what_our_own_portal_answers_is_read(town: Town, engine: Engine, client: Client) -> None:
    make_page(ServiceIndexPage, town.portal, title="办事服务", slug="services")
    make_service_item(town.water, town.industries["water"], title="水费查询", code="S1", help_text="查水费。")
    make_disclosure(town.water, town.entries["water_price"], title="水费标准")
    engine.says(client.get("/api/v2/pages/?search=水费&limit=10").json())
    engine.beside = {SERVICES: client.get(f"{SERVICES}?search=水费&limit=3").json()}

    answer = ask(make_source(engine, "gongkai"), "水费", "zh-hans").answer

    first = answer.findings[0]
    assert (first.title, first.publisher, first.excerpt) == ("水费查询", town.water.title, "查水费。")
    assert first.url.endswith("/services/S1/")
    assert "水费标准" in [each.title for each in answer.findings]
    assert answer.total == len(answer.findings)
