"""What a draft changes, line by line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from media.models import Document
from pages.models import DisclosureAttachment, DisclosurePage
from tests.factories import make_disclosure
from tests.town import Town
from workflows.differences import Change, changes

FEES: dict[str, Any] = {
    "title": "收费标准",
    "groups": [
        {
            "name": "居民",
            "basis": "示例价〔2023〕7号",
            "fees": [
                {"item": "第一阶梯", "amount": Decimal("3.10"), "unit": "立方米"},
                {"item": "第二阶梯", "amount": Decimal("3.95"), "unit": "立方米"},
            ],
        }
    ],
}


def disclosed(town: Town, **fields: Any) -> DisclosurePage:
    page = make_disclosure(town.water, town.entries["water_price"], title="水价", **fields)
    return DisclosurePage.objects.get(pk=page.pk)


def compared(page: DisclosurePage) -> list[Change]:
    """Save what was changed as a draft and compare it with what is public."""
    draft = page.save_revision().as_object()
    return changes(DisclosurePage.objects.get(pk=page.pk), draft, None)


def with_body(page: DisclosurePage, raw: list[Any]) -> None:
    page.body = page._meta.get_field("body").stream_block.to_python(raw)


def test_an_unchanged_draft_changes_nothing(town: Town) -> None:
    assert compared(disclosed(town)) == []


def test_short_values_stand_side_by_side(town: Town) -> None:
    page = disclosed(town, document_number="示例价〔2023〕7号")

    page.document_number = "示例价〔2026〕18号"

    assert compared(page) == [Change("文号", "示例价〔2023〕7号", "示例价〔2026〕18号")]


def test_dates_and_choices_are_shown_as_the_form_shows_them(town: Town) -> None:
    page = disclosed(town, generated_on="2025-01-02")

    page.generated_on, page.publicity = "2026-12-01", "on_request"

    shown = [(change.before, change.after) for change in compared(page)]
    assert shown == [("2025年1月2日", "2026年12月1日"), ("主动公开", "依申请公开")]


def test_a_long_text_is_shown_in_one_with_marks(town: Town) -> None:
    page = disclosed(town, body=[("text", f"<p>{'每户每月用水量以抄表为准。' * 5}自2025年起执行。</p>")])
    raw = [dict(block) for block in page.body.raw_data]

    raw[0]["value"] = raw[0]["value"].replace("2025年", "2026年")
    with_body(page, raw)

    (change,) = compared(page)
    assert change.label == "文字"
    assert "<del>2025年</del><ins>2026年</ins>" in str(change.marked)


def test_a_changed_price_is_named_by_its_row_and_column(town: Town) -> None:
    page = disclosed(town, body=[("fee_table", FEES)])
    raw = [dict(block) for block in page.body.raw_data]

    raw[0]["value"]["groups"][0]["value"]["fees"][1]["value"]["amount"] = "4.10"
    with_body(page, raw)

    (change,) = compared(page)
    assert "第二阶梯" in change.label
    assert (change.before, change.after) == ("3.95", "4.10")


def test_a_block_added_and_a_block_removed_are_both_told(town: Town) -> None:
    page = disclosed(town, body=[("text", "<p>旧段</p>")])

    with_body(page, [{"type": "text", "value": "<p>新段</p>"}])

    shown = {(change.before, change.after) for change in compared(page)}
    assert shown == {("旧段", ""), ("", "新段")}


def test_a_change_that_words_do_not_show_is_told_all_the_same(town: Town) -> None:
    page = disclosed(town, body=[("text", '<p><a href="https://a.example.org/">办理</a></p>')])
    raw = [dict(block) for block in page.body.raw_data]

    raw[0]["value"] = raw[0]["value"].replace("a.example.org", "b.example.org")
    with_body(page, raw)

    (change,) = compared(page)
    assert "链接" in str(change.marked)


def test_attachments_added_are_told(town: Town) -> None:
    page = disclosed(town)
    document = Document.objects.create(title="价目表", file="documents/price.pdf", owner_organisation=town.water)

    page.attachments = [DisclosureAttachment(title="价目表", document=document)]

    (change,) = compared(page)
    assert (change.label, change.before) == ("附件", "")
    assert "价目表" in change.after
