"""The report: numbers by class and industry, every item, within reach; the same as files."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from snippets.models import ItemHealth, Maintenance
from tests.clock import NOW
from tests.factories import make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in

pytestmark = pytest.mark.usefixtures("clock")
LIST = reverse("service_health:list")


@pytest.fixture
def items(town: Town) -> None:
    def make(provider: Any, industry: str, title: str, **fields: Any) -> Any:
        return make_service_item(provider, town.industries[industry], title=title, **fields)

    working = make(town.water, "waterworks", "查询水费", link="https://example.org/1")
    ItemHealth.objects.create(item=working, state="working", since=NOW, checked_at=NOW)
    down = make(town.water, "waterworks", "缴纳水费", service_class="payment", link="https://example.org/2")
    since = NOW - timedelta(days=1)
    ItemHealth.objects.create(item=down, state="down", since=since, checked_at=NOW, reason="timeout")
    resting = make(town.water, "waterworks", "用水报装", service_class="registration", link="https://example.org/3")
    Maintenance.objects.create(item=resting, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1))
    make(town.school, "primary", "入学登记", service_class="registration")
    make(None, "primary", "学籍查询", link="https://example.org/4")


def seen(town: Town, person: Any, **query: Any) -> Any:
    return signed_in(person).get(LIST, query)


@pytest.mark.usefixtures("items")
def test_what_is_down_stands_first_with_since_when_and_why(town: Town) -> None:
    answer = seen(town, town.editor("water"))

    rows = answer.context["rows"]
    assert [(row["item"].title, str(row["label"])) for row in rows] == [
        ("缴纳水费", "暂时不通"),
        ("用水报装", "维护中"),
        ("查询水费", "正常"),
    ]
    assert "11月22日 09:30起" in answer.content.decode()
    assert "超时没有答复" in answer.content.decode()


@pytest.mark.usefixtures("items")
def test_the_superior_sees_its_units_and_the_neighbour_does_not(town: Town) -> None:
    def titles(person: Any) -> set[str]:
        return {row["item"].title for row in seen(town, person).context["rows"]}

    assert titles(town.reviewer("water_office")) == {"缴纳水费", "用水报装", "查询水费"}
    assert titles(town.editor("school")) == {"入学登记"}
    assert len(titles(town.administrator("portal"))) == 5


@pytest.mark.usefixtures("items")
def test_the_numbers_are_counted_by_class_and_by_industry(town: Town) -> None:
    groups = seen(town, town.administrator("portal")).context["groups"]

    numbers = [{total.label: (total.whole, *total.cells) for total in group["totals"]} for group in groups]
    # 正常、暂时不通、维护中、尚未核验、不在网上办理
    assert numbers == [
        {"查询": (2, 1, 0, 0, 1, 0), "缴费": (1, 0, 1, 0, 0, 0), "登记备案": (2, 0, 0, 1, 0, 1)},
        {"教育": (2, 0, 0, 0, 1, 1), "供水": (3, 1, 1, 1, 0, 0)},
    ]


@pytest.mark.usefixtures("items")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"state": "down"}, ["缴纳水费"]),
        ({"state": "offline"}, ["入学登记"]),
        ({"service_class": "registration", "industry": "water"}, ["用水报装"]),
        ({"q": "学籍"}, ["学籍查询"]),
        ({"q": "\x00学籍"}, ["缴纳水费", "用水报装", "入学登记", "学籍查询", "查询水费"]),
        ({"state": "nonsense"}, ["缴纳水费", "用水报装", "入学登记", "学籍查询", "查询水费"]),
    ],
)
def test_filters_narrow_the_items(town: Town, query: Any, titles: list[str]) -> None:
    rows = seen(town, town.administrator("portal"), **query).context["rows"]

    assert sorted(row["item"].title for row in rows) == sorted(titles)


@pytest.mark.usefixtures("items")
def test_the_files_hold_what_the_screen_shows(town: Town) -> None:
    client = signed_in(town.editor("water"))

    sheet = client.get(reverse("service_health:file", args=["items", "xlsx"]), {"state": "down"})
    book = load_workbook(BytesIO(b"".join(sheet.streaming_content)))
    text = b"".join(client.get(reverse("service_health:file", args=["totals", "csv"])).streaming_content).decode()

    head, row = book.active.iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True))["运行状态"] == "暂时不通"
    assert dict(zip(head, row, strict=True))["原因"] == "超时没有答复"
    assert "行业,供水,3,1,1,1,0,0" in text


def test_more_items_cost_no_more_queries(town: Town) -> None:
    client = signed_in(town.editor("water"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    def add(number: int) -> None:
        for _turn in range(number):
            item = make_service_item(town.water, town.industries["waterworks"], link="https://example.org/")
            ItemHealth.objects.create(item=item, state="down", since=NOW)

    add(1)
    cost()
    few = cost()
    add(12)

    assert cost() == few
