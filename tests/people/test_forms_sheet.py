"""The forms of many organisations as one spreadsheet, out and in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.models import FormState, RegistrationForm
from cms.people.registration.service import decide, latest_form
from cms.people.registration.sheets import COLUMNS
from ledger.models import Event
from tests.people.registering import confirmed_form, submitted_form
from tests.town import Town
from tests.workflows.acts import signed_in, told

SCHOOL = {
    "单位全称": "示例小学", "分管领导姓名": "王分管", "分管领导职务": "副校长", "分管领导电话": "0411-1",
    "工作机构": "办公室", "机构负责人姓名": "李主任", "机构负责人电话": "0411-2", "填表人": "赵填表",
    "填表日期": "2026-11-20",
    "工作人员姓名": "张三", "职责": "编辑员", "工作人员电话": "139", "邮箱": "zs@example.org",
}  # fmt: skip


def workbook(*rows: dict[str, str]) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(list(COLUMNS))
    for row in rows:
        book.active.append([row.get(name, "") for name in COLUMNS])
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("forms.xlsx", stream.getvalue())


def upload(user: Any, *rows: dict[str, str]) -> tuple[Any, Any]:
    browser = signed_in(user)
    return browser, browser.post(reverse("people:forms_import"), {"file": workbook(*rows)})


def confirm(browser: Any, then: str = "save") -> Any:
    return browser.post(reverse("people:forms_import_confirm"), {"then": then})


def test_a_sheet_of_two_units_is_shown_first_and_written_afterwards(town: Town) -> None:
    other = SCHOOL | {"单位全称": "示例便民大厅", "工作人员姓名": "李四", "职责": "审核员"}

    browser, report = upload(
        town.administrator("district"), SCHOOL, SCHOOL | {"工作人员姓名": "王五", "邮箱": "ww@example.org"}, other
    )
    assert report.context["sound"]
    assert not RegistrationForm.objects.exists()
    confirm(browser)

    school, hall = latest_form(town.school), latest_form(town.hall)
    assert [row.name for row in school.staff.all()] == ["张三", "王五"]
    assert (school.state, school.leader_post, str(school.filled_on)) == (FormState.DRAFT, "副校长", "2026-11-20")
    assert [(row.name, row.duty) for row in hall.staff.all()] == [("李四", "reviewer")]


def test_one_wrong_row_keeps_all_and_every_fault_has_row_and_column(town: Town) -> None:
    faulty = SCHOOL | {"单位全称": "没有的学校"}
    worse = SCHOOL | {"工作人员姓名": "", "职责": "校长", "邮箱": "x", "用户名": "张", "填表日期": "昨天"}

    browser, report = upload(town.administrator("education_office"), SCHOOL, faulty, worse)
    response = confirm(browser)

    rows = report.context["rows"]
    assert [set(row.problems) for row in rows] == [
        set(), {"单位全称"}, {"工作人员姓名", "职责", "邮箱", "用户名", "填表日期"},
    ]  # fmt: skip
    assert "请先上传表格" in "".join(told(response))
    assert not RegistrationForm.objects.exists()


def test_a_unit_beyond_reach_is_unknown(town: Town) -> None:
    _browser, report = upload(town.administrator("education_office"), SCHOOL | {"单位全称": "示例便民大厅"})

    assert "您管理的单位中没有" in report.content.decode()


def test_what_was_taken_out_comes_in_again_with_the_own_office(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.education_office, superior, town.administrator("district"))
    confirmed_form(town.school, town.editor("school"), superior)
    browser = signed_in(superior)
    taken_out = b"".join(browser.get(reverse("people:forms_export")))

    report = browser.post(reverse("people:forms_import"), {"file": SimpleUploadedFile("forms.xlsx", taken_out)})

    places = {row.values["单位全称"] for row in report.context["rows"]}
    assert (report.context["sound"], places) == (True, {"示例区教育局", "示例小学"})


def test_what_waits_is_not_written_over(town: Town) -> None:
    submitted_form(town.school, town.editor("school"))

    _browser, report = upload(town.administrator("education_office"), SCHOOL)

    assert "正在等待确认" in report.content.decode()


def test_what_was_confirmed_stays_as_its_own_version(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)

    browser, _report = upload(superior, SCHOOL)
    confirm(browser, "submit")

    assert [(form.version, form.state) for form in RegistrationForm.objects.order_by("version")] == [
        (1, FormState.CONFIRMED), (2, FormState.SUBMITTED),
    ]  # fmt: skip


def test_submitting_what_is_incomplete_writes_nothing(town: Town) -> None:
    browser, _report = upload(town.administrator("education_office"), SCHOOL | {"填表人": ""})

    response = confirm(browser, "submit")

    assert "一份也没有导入" in "".join(told(response))
    assert "填表人" in "".join(told(response))
    assert not RegistrationForm.objects.exists()


def test_contradicting_rows_of_one_unit_are_refused(town: Town) -> None:
    second = SCHOOL | {"分管领导姓名": "别人", "工作人员姓名": "王五"}

    _browser, report = upload(town.administrator("education_office"), SCHOOL, second)

    assert "不一致" in report.context["rows"][1].problems["分管领导姓名"]


def test_the_export_comes_back_in_as_it_went_out(town: Town) -> None:
    superior = town.administrator("education_office")
    confirmed_form(town.school, town.editor("school"), superior)

    response = signed_in(superior).get(reverse("people:forms_export"))
    content = b"".join(response.streaming_content)
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))

    titles = [row[1] for row in rows[1:]]
    assert titles == ["示例区教育局", "示例小学", "示例小学"]
    assert "no-store" in response["Cache-Control"]
    assert Event.objects.filter(kind="export.registration_forms").exists()
    browser = signed_in(superior)
    report = browser.post(reverse("people:forms_import"), {"file": SimpleUploadedFile("again.xlsx", content)})
    # The own office is not below, and has no staff in the sheet.
    assert [row.is_sound for row in report.context["rows"]] == [False, True, True]


def test_rows_that_say_the_same_open_no_new_version(town: Town) -> None:
    superior = town.administrator("district")
    for place, clerk in ((town.school, town.editor("school")), (town.hall, town.editor("hall"))):
        submitted_form(place, clerk)
    decide(organisation=town.school, confirm=True, by=town.administrator("education_office"))
    taken_out = b"".join(signed_in(superior).get(reverse("people:forms_export")))
    book = load_workbook(BytesIO(taken_out))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for row in list(sheet.iter_rows(min_row=2)):
        if row[1].value not in {"示例小学", "示例便民大厅"}:
            sheet.delete_rows(row[0].row)
    stream = BytesIO()
    book.save(stream)
    browser = signed_in(superior)

    report = browser.post(reverse("people:forms_import"), {"file": SimpleUploadedFile("forms.xlsx", stream.getvalue())})
    answer = confirm(browser, "submit")

    assert heads
    assert report.context["sound"]
    assert (report.context["unchanged"], report.content.decode().count("未变")) == (2, 5)
    assert "另有 2 份未变" in told(answer)[0]
    assert {form.version for form in RegistrationForm.objects.all()} == {1}
    assert {form.state for form in RegistrationForm.objects.all()} == {FormState.CONFIRMED, FormState.SUBMITTED}
