"""The sources in the admin: two people change them, and one can see beforehand what an address answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.joint.models import OutsideSource
from cms.joint.standing import failed
from ledger.models import Event
from tests.town import Town
from tests.workflows.acts import signed_in, told
from workflows.models import Proposal

from .answering import Engine, make_source, result

SNIPPET = "wagtailsnippets_joint_outsidesource:"


@pytest.fixture
def first(town: Town, no_sources: None) -> Client:
    return signed_in(town.administrator("portal"))


def form(**fields: Any) -> dict[str, Any]:
    told = {"title": "示例门户", "code": "sister", "kind": "gongkai", "address": "https://sister.example.org/"}
    return {**told, "deadline": "2000", "order": "1", "is_active": "on", **fields}


def test_a_new_source_waits_for_a_second_person(town: Town, first: Client) -> None:
    response = first.post(reverse(SNIPPET + "add"), form())
    waiting = OutsideSource.objects.exists()
    proposal = Proposal.objects.get()

    signed_in(town.reviewer("portal")).post(
        reverse("countersigning:proposal", args=[proposal.pk]), {"act": "confirm", "comment": ""}
    )

    assert "经第二人复核后生效" in told(response)[0]
    assert not waiting
    assert OutsideSource.objects.get().address == "https://sister.example.org/"
    assert Event.objects.filter(kind="countersigning.confirmed").exists()


def test_an_address_that_cannot_be_asked_is_refused_at_its_field(town: Town, first: Client) -> None:
    response = first.post(reverse(SNIPPET + "add"), form(address="http://10.0.0.1/"))

    assert "内部网络的地址" in response.text
    assert not Proposal.objects.exists()


def test_the_list_says_how_each_stands(town: Town, first: Client, engine: Engine, clock: Any) -> None:
    failed(make_source(engine), "超时")
    make_source("https://www.example.com", "link")

    page = first.get(reverse(SNIPPET + "list")).text

    assert "自 09:30 起没有应答：超时" in page
    assert "只给链接" in page
    assert f"{reverse('joint:try')}?kind=searxng" in page


def test_what_comes_back_is_shown_before_anything_is_saved(town: Town, first: Client, engine: Engine) -> None:
    engine.says({"results": [result(), result(url="javascript:alert(1)")]})

    page = first.post(reverse("joint:try"), {"kind": "searxng", "address": engine.url, "words": "停水"}).text

    assert "停水通知" in page and "www.example.gov.cn" in page
    assert "另有 1 条的标题或地址不能用" in page
    assert not OutsideSource.objects.exists()
    event = Event.objects.get(kind="joint.tried")
    assert event.data["outcome"] == "answered"
    assert "停水" not in str(event.__dict__)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "feed"}, "搜索词的位置"),
        ({"kind": "nothing"}, "nothing"),
        ({"address": "https://10.0.0.1/"}, "内部网络的地址"),
        ({"address": ""}, "必需字段"),
        ({"words": "水" * 101}, "100"),
    ],
)
def test_an_odd_wish_is_answered_at_its_field(
    town: Town, first: Client, engine: Engine, fields: dict[str, str], words: str
) -> None:
    page = first.post(reverse("joint:try"), {"kind": "searxng", "address": engine.url, "words": "停水", **fields})

    assert page.status_code == 200
    assert words in page.text
    assert engine.asked == []


def test_why_nothing_comes_back_is_told(town: Town, first: Client, engine: Engine) -> None:
    engine.status = 403

    page = first.post(reverse("joint:try"), {"kind": "searxng", "address": engine.url, "words": "停水"})

    assert "拒绝答复（HTTP 403）" in page.text


def test_of_a_link_the_address_is_shown(town: Town, first: Client) -> None:
    wish = {"kind": "link", "address": "https://www.example.com/s?wd={searchTerms}", "words": "停水"}

    assert "https://www.example.com/s?wd=%E5%81%9C%E6%B0%B4" in first.post(reverse("joint:try"), wish).text


def test_the_list_costs_no_query_for_each(first: Client, engine: Engine, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        make_source(engine, code=f"source-{number}", title=f"示例 {number}")
    first.get(reverse(SNIPPET + "list"))

    with django_assert_max_num_queries(25):
        first.get(reverse(SNIPPET + "list"))
