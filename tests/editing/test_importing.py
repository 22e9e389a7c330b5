"""Import many disclosures from a spreadsheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cms.editing.sheets import COLUMNS, read_sheet
from cms.spreadsheets import SheetError
from pages.models import DisclosurePage
from tests.town import Town


def sheet(*rows: list[Any], heading: list[str] | None = None) -> SimpleUploadedFile:
    """Return an XLSX file with these rows."""
    book = Workbook()
    book.active.append(heading or list(COLUMNS))
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("data.xlsx", stream.getvalue())


GOOD = ["B01", "示例水价", "概述", "2026-01-15", "示例〔2026〕1号", "水价；阶梯", "第一段。\n第二段。"]


@pytest.fixture
def client(town: Town) -> Client:
    client = Client()
    client.force_login(town.editor("water"))
    return client


def upload(client: Client, town: Town, file: Any, place: str = "water") -> Any:
    """Post the file."""
    return client.post(reverse("editing:import", args=[getattr(town, place).pk]), {"file": file})


def confirm(client: Client, town: Town, then: str = "draft") -> Any:
    """Post the confirmation."""
    return client.post(reverse("editing:import_confirm", args=[town.water.pk]), {"then": then})


def test_the_report_comes_first_and_writes_nothing(client: Client, town: Town) -> None:
    response = upload(client, town, sheet(GOOD))

    assert "全部可以导入" in response.content.decode()
    assert not DisclosurePage.objects.exists()


def test_after_confirmation_each_row_is_a_draft(client: Client, town: Town) -> None:
    upload(client, town, sheet(GOOD, ["A01", "示例概况", "", "", "", "", ""]))

    confirm(client, town)

    pages = DisclosurePage.objects.order_by("path")
    assert [page.title for page in pages] == ["示例水价", "示例概况"]
    assert not any(page.live for page in pages)
    assert pages[0].search_text.split() == ["第一段。", "第二段。"]
    assert sorted(tag.name for tag in pages[0].tags.all()) == ["水价", "阶梯"]
    assert pages[0].generated_on.isoformat() == "2026-01-15"


def test_they_may_be_submitted_to_the_same_approval_at_once(client: Client, town: Town) -> None:
    town.reviewer("water")
    upload(client, town, sheet(GOOD))

    confirm(client, town, then="submit")

    page = DisclosurePage.objects.get()
    assert page.current_workflow_state.status == "in_progress"
    assert not page.live


def test_one_wrong_row_keeps_all_out_and_each_problem_is_named(client: Client, town: Town) -> None:
    bad = ["Z99", "", "长" * 101, "去年", "", "", ""]

    response = upload(client, town, sheet(GOOD, bad))
    confirm(client, town)

    text = response.content.decode()
    for fact in ("什么也没有写入", "“Z99”不在本单位的公开目录中", "“去年”不是日期", "内容概述"):
        assert fact in text
    assert not DisclosurePage.objects.exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.xlsx", b"no workbook"), "无法读取"),
        (sheet(heading=["标题"]), "缺少列：目录编码"),
        (sheet(), "没有数据行"),
        (sheet(*([GOOD] * 301)), "一次最多 300 行"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(client: Client, town: Town, file: Any, sentence: str) -> None:
    response = upload(client, town, file)

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_nul_byte_in_a_cell_is_dropped() -> None:
    rows = read_sheet(BytesIO(sheet(["B01", "示例", "", "", "", "", ""]).read()))

    assert rows[0].values["标题"] == "示例"


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(SheetError, match="2 MB"):
        read_sheet(BytesIO(b"x" * 2_000_001))


def test_the_blank_form_carries_the_organisations_own_catalogue(client: Client, town: Town) -> None:
    response = client.get(reverse("editing:sheet", args=[town.water.pk]))

    book = load_workbook(BytesIO(response.content))
    assert [cell.value for cell in book.worksheets[0][1]] == list(COLUMNS)
    assert {row[0].value for row in book.worksheets[1].iter_rows(min_row=2)} == {"A01", "B01", "B02"}


def test_another_units_editor_cannot_import(town: Town) -> None:
    stranger = Client()
    stranger.force_login(town.editor("school"))

    assert upload(stranger, town, sheet(GOOD)).status_code in {302, 403}
    assert confirm(stranger, town).status_code in {302, 403}
    assert not DisclosurePage.objects.exists()


def test_a_confirmation_without_a_report_imports_nothing(client: Client, town: Town) -> None:
    confirm(client, town)

    assert not DisclosurePage.objects.exists()
