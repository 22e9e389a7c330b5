"""The public roster of all organisations."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pages.models import RosterState
from pages.roster import set_roster_state
from tests.factories import make_unit
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def names(seen: Seen) -> list[str]:
    return [row["organisation"]["title"] for row in seen.context["rows"]]


def test_everybody_stands_in_the_roster_with_code_superior_and_state(town: Town):
    set_roster_state(town.water, RosterState.SUSPENDED, "示例文件", date(2026, 3, 1))

    seen = Seen("/roster/")

    assert len(names(seen)) == 8
    row = next(row for row in seen.context["rows"] if row["organisation"]["title"] == "示例自来水公司")
    assert row["code"] == town.water.roster.code
    assert row["superior"]["title"] == "市水务局"
    assert (row["level"], row["industry"]) == ("公共企事业单位", "自来水")
    assert (row["state"], row["state_kind"], row["basis"]) == ("暂停", "warn", "示例文件")
    assert "2026年3月1日" in seen.main


def test_the_number_in_the_masthead_is_told_apart_from_all_that_are_listed(town: Town):
    set_roster_state(town.water, RosterState.INCLUDED, "示例文件", date(2026, 3, 1))
    set_roster_state(town.school, RosterState.PROPOSED, "示例文件", date(2026, 3, 1))

    seen = Seen("/roster/")

    included = seen.context["portal"]["figures"]["organisations"]
    assert f"{len(names(seen))} 家单位，其中已纳入 {included} 家" in seen.main


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"division": "210202"}, ["示例区", "示例区教育局", "示例小学", "示例街道", "示例便民大厅"]),
        ({"division": "city"}, ["示例市办事公开网", "市水务局", "示例自来水公司"]),
        ({"industry": "water"}, ["市水务局", "示例自来水公司"]),
        ({"industry": "primary-school"}, ["示例小学"]),
        ({"state": "withdrawn"}, []),
        ({"q": "小学"}, ["示例小学"]),
        ({"q": "210200-", "industry": "waterworks"}, ["示例自来水公司"]),
    ],
)
def test_filters_narrow_the_roster_together(town: Town, query, expected):
    assert names(Seen("/roster/", **query)) == expected


@pytest.mark.parametrize("name", ["division", "industry", "state"])
def test_a_wrong_filter_is_named_and_everything_shown(town: Town, name):
    seen = Seen("/roster/", **{name: "nonsense\x00"})

    assert len(names(seen)) == 8
    assert "已显示全部" in seen.main


def test_hostile_texts_do_no_harm(town: Town):
    for text in ("\x00", "x" * 999, "%", "'; DROP TABLE"):
        assert Seen("/roster/", q=text).status == 200


def test_nothing_found_offers_the_way_back(town: Town):
    seen = Seen("/roster/", q="没有这个单位")

    assert "没有符合条件的单位" in seen.main
    assert seen.links["看全部单位"] == "/roster/"


def test_an_organisation_that_is_not_public_is_named_without_a_link(town: Town):
    set_roster_state(town.hall, RosterState.WITHDRAWN, "示例文件", date(2026, 9, 1))
    town.hall.unpublish()

    seen = Seen("/roster/")

    assert "示例便民大厅" in names(seen)
    assert "示例便民大厅" not in seen.links


def test_the_files_are_narrowed_as_the_page_is(town: Town):
    seen = Seen("/roster/", division="210202", page="1")
    address = seen.links["下载数据"]

    text = b"".join(Client().get(address).streaming_content).decode("utf-8-sig")

    assert address == "/roster.csv?division=210202"
    found = list(csv.DictReader(StringIO(text)))
    assert [row["名称"] for row in found] == ["示例区", "示例区教育局", "示例小学", "示例街道", "示例便民大厅"]
    assert found[2]["上级"] == "示例区教育局"


def test_the_roster_as_xlsx(town: Town):
    sheet = load_workbook(BytesIO(b"".join(Client().get("/roster.xlsx")))).active

    assert sheet.max_row == 1 + 8
    assert sheet["B2"].value == "示例市办事公开网"


def test_only_the_portal_has_a_roster(town: Town):
    assert Seen(f"{town.water.url}roster/").status == 404


def test_the_roster_is_read_in_english_and_traditional_characters(town: Town):
    assert Seen("/en/roster/").status == 200
    assert "收錄單位名錄" in Seen("/zh-hant/roster/").main


def test_the_roster_costs_few_queries_whatever_its_size(town: Town):
    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            b"".join(Client(SERVER_NAME="localhost").get(path))
        return len(queries)

    paths = ["/roster/", "/roster.csv"]
    few = [cost(path) for path in paths for _again in range(2)][1::2]
    for number in range(10):
        make_unit(town.water_office if number % 2 else town.street, title=f"单位{number}")

    assert [cost(path) for path in paths] == few
    assert few[0] <= 20
