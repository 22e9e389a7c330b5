"""The public catalogue of an organisation: every entry, what is there, what is owed, since when."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pages.models import OrganisationPhone, RosterState
from pages.roster import set_roster_state
from tests.factories import IndustryPage, make_disclosure, make_entry, make_page
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def rows(seen: Seen) -> dict[str, dict]:
    return {row["code"]: row for group in seen.context["groups"] for row in group["rows"]}


def included(town: Town, since: date = date(2026, 1, 15)) -> None:
    set_roster_state(town.water, RosterState.INCLUDED, "示例文件", since)


def test_every_entry_stands_there_with_its_rule(town: Town):
    included(town)

    seen = Seen(f"{town.water.url}catalogue/")

    assert list(rows(seen)) == ["A01", "B01", "B02"]
    assert rows(seen)["B01"]["rule"] == "变更后 20 个工作日内"
    assert rows(seen)["B01"]["kind"] == "收费标准"
    assert seen.crumbs == ["首页", "市水务局", "示例自来水公司", "公开目录"]
    assert 'id="B01"' in seen.html


def test_what_is_there_and_what_is_owed_is_said_of_each(town: Town):
    included(town)
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")

    seen = Seen(f"{town.water.url}catalogue/")

    assert rows(seen)["B01"]["state"] == {"label": "已公开", "kind": ""}
    assert [record["url"] for record in rows(seen)["B01"]["records"]] == [page.url]
    assert rows(seen)["A01"]["state"]["kind"] == "bad"
    assert rows(seen)["A01"]["state"]["label"].startswith("尚未公开，逾期")
    assert rows(seen)["B02"]["state"] == {"label": "有则公开", "kind": "none"}
    assert "目录共 3 项，已公开 1 项。1 项应公开而尚未公开。" in seen.main


def test_an_entry_that_is_not_due_yet_says_by_when(town: Town):
    included(town, since=date(2026, 11, 20))

    state = rows(Seen(f"{town.water.url}catalogue/"))["A01"]["state"]

    assert state == {"label": "应于12月18日前公开", "kind": "warn"}


def test_rows_of_the_organisation_fulfil_their_entry(town: Town):
    make_entry("water", "F01", title="电话", content_kind="phone_list")
    town.water.phones.add(OrganisationPhone(label="总机", number="0411-0000-0000"))
    town.water.save_revision().publish(skip_permission_checks=True)

    row = rows(Seen(f"{town.water.url}catalogue/"))["F01"]

    assert row["state"]["label"] == "长期公开"
    assert row["records"][0]["url"].endswith("#phones")


def test_an_entry_with_many_records_has_a_page_of_its_own(town: Town):
    for number in range(5):
        make_disclosure(town.water, town.entries["water_price"], title=f"第{number}次水价")

    whole = Seen(f"{town.water.url}catalogue/")
    one = Seen(f"{town.water.url}catalogue/", entry="B01")

    assert len(rows(whole)["B01"]["records"]) == 3
    assert whole.links["全部 5 条"] == f"{town.water.url}catalogue/?entry=B01"
    assert [row["title"] for row in one.context["rows"]] == [f"第{number}次水价" for number in (4, 3, 2, 1, 0)]


def test_an_unknown_entry_is_named_and_the_whole_catalogue_shown(town: Town):
    seen = Seen(f"{town.water.url}catalogue/", entry="Z99")

    assert "目录中没有“Z99”这个事项" in seen.main
    assert "B01" in rows(seen)


def test_a_basis_shared_by_most_is_said_once(town: Town):
    for code in ("C01", "C02", "C03", "C04"):
        make_entry("water", code, legal_basis="共同办法")
    make_entry("water", "C05", legal_basis="另一条例")

    seen = Seen(f"{town.water.url}catalogue/")

    assert seen.main.count("共同办法") == 1
    assert seen.main.count("另一条例") == 1


def test_the_notes_come_from_the_template_and_the_industry(town: Town):
    make_page(
        IndustryPage,
        town.portal,
        title="供水",
        industry=town.industries["water"],
        notes=[("text", "<p>本市补充。</p>")],
    )

    seen = Seen(f"{town.water.url}catalogue/")

    notes = seen.section("编制说明")
    assert "本市补充。" in notes
    assert "编制依据" in notes


@pytest.mark.parametrize("place", ["portal", "water_office", "district", "school", "hall"])
def test_every_organisation_has_a_catalogue(town: Town, place):
    organisation = getattr(town, place)

    assert Seen(f"{organisation.url}catalogue/").status == 200


def test_the_catalogue_as_csv_is_complete_and_opens_in_excel(town: Town):
    included(town)
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")

    response = Client().get(f"{town.water.url}catalogue.csv")

    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    found = {row["编号"]: row for row in csv.DictReader(StringIO(text.removeprefix("\ufeff")))}
    assert list(found) == ["A01", "B01", "B02"]
    assert found["B01"]["最新一条"] == "水价表"
    assert found["B01"]["索引号"] == page.record.index_number
    assert (found["B01"]["公开日期"], found["B01"]["已公开条数"]) == ("2026-11-23", "1")
    assert found["A01"]["应公开日期"] == "2026-02-12"
    assert "filename*=utf-8''" in response["Content-Disposition"]


def test_the_catalogue_as_xlsx_has_the_same_rows(town: Town):
    response = Client().get(f"{town.water.url}catalogue.xlsx")

    sheet = load_workbook(BytesIO(b"".join(response))).active
    assert [row[0].value for row in sheet.iter_rows()] == ["编号", "A01", "B01", "B02"]


def test_files_under_zh_hant_are_in_traditional_characters(town: Town):
    table = b"".join(Client().get(f"/zh-hant{town.water.url}catalogue.csv")).decode()
    sheet = load_workbook(BytesIO(b"".join(Client().get(f"/zh-hant{town.water.url}catalogue.xlsx")))).active

    assert "編號" in table
    assert "水價" in table
    assert sheet["C1"].value == "事項"


def test_the_english_catalogue_has_english_titles_and_no_missing_translation(town: Town):
    town.entries["water_price"].title_en = "Water prices"
    town.entries["water_price"].save()
    in_english(town.portal)

    seen = Seen(f"/en{town.water.url}catalogue/")

    assert rows(seen)["B01"]["title"] == "Water prices"
    assert "missing_translation_url" not in seen.context


def test_a_catalogue_below_what_is_not_there_is_not_found(town: Town):
    assert Seen(f"{town.water.url}nothing/catalogue/").status == 404
    assert Client().get(f"{town.water.url}catalogue.pdf").status_code == 404


def test_the_catalogue_costs_few_queries_whatever_its_size(town: Town):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen(f"{town.water.url}catalogue/")
        return len(queries)

    make_disclosure(town.water, town.entries["water_price"])
    Seen(f"{town.water.url}catalogue/")
    few = cost()
    for number in range(10):
        make_disclosure(town.water, make_entry("water", f"K{number:02d}"), title=f"第{number}条")
        make_disclosure(town.water, town.entries["water_price"], title=f"水价{number}")

    assert cost() == few
    # Nine of them find the page.
    assert few <= 9 + 15
