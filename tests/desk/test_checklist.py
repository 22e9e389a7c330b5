"""What a draft lacks, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from media.models import Document
from pages.checklist import Gap, blocking_gaps, gaps
from pages.models import DisclosureAttachment, DisclosurePage, NoticePage
from tests.factories import make_entry, make_page
from tests.town import Town

TEXT = [("text", "<p>示例正文。</p>")]
COMPLETE: dict[str, Any] = {"summary": "一句话", "generated_on": "2026-11-01", "body": TEXT}


def disclosure(town: Town, kind: str = "text", **fields: Any) -> DisclosurePage:
    """Make a draft that lacks nothing but what the test takes away."""
    entry = make_entry("water", content_kind=kind)
    values = {**COMPLETE, **fields}
    page: DisclosurePage = make_page(DisclosurePage, town.water, live=False, entry=entry, **values)
    return page


def notice(town: Town, **fields: Any) -> NoticePage:
    values = {"contact_phone": "96655", "summary": "一句话", "body": TEXT, **fields}
    page: NoticePage = make_page(NoticePage, town.water, live=False, **values)
    return page


def fields_of(found: list[Gap]) -> list[str]:
    return [gap.field for gap in found]


def test_a_complete_draft_lacks_nothing(town: Town) -> None:
    assert gaps(disclosure(town)) == []
    assert gaps(notice(town)) == []


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"summary": " "}, "summary"), ({"generated_on": None}, "generated_on"), ({"body": []}, "body")],
)
def test_each_gap_names_its_field(town: Town, missing: dict[str, Any], field: str) -> None:
    assert fields_of(blocking_gaps(disclosure(town, **missing))) == [field]


@pytest.mark.django_db
def test_a_new_disclosure_has_no_entry_yet() -> None:
    found = fields_of(blocking_gaps(DisclosurePage()))

    assert {"entry", "title", "summary", "body", "generated_on"} <= set(found)


def test_the_shape_the_catalogue_asks_for_is_advice(town: Town) -> None:
    (gap,) = gaps(disclosure(town, "fee_table"))

    assert (gap.field, gap.blocking) == ("body", False)
    assert "收费标准" in gap.sentence


def test_a_file_fulfils_an_entry_that_asks_for_a_document(town: Town) -> None:
    page = disclosure(town, "document", body=[], document_number="示例〔2026〕1号")
    document = Document.objects.create(title="通知", file="documents/a.pdf", owner_organisation=town.water)

    page.attachments = [DisclosureAttachment(title="通知", document=document)]

    assert gaps(page) == []


def test_a_document_without_number_is_asked_for_it(town: Town) -> None:
    found = gaps(disclosure(town, "document"))

    assert ("document_number", False) in [(gap.field, gap.blocking) for gap in found]


def test_an_attachment_needs_a_title(town: Town) -> None:
    page = disclosure(town)
    document = Document.objects.create(title="通知", file="documents/a.pdf", owner_organisation=town.water)

    page.attachments = [DisclosureAttachment(title="", document=document)]

    assert [gap.sentence for gap in blocking_gaps(page)] == ["第 1 个附件没有标题。"]


def test_a_block_left_half_filled_is_named(town: Town) -> None:
    page = disclosure(town, body=[("fee_table", {"title": "收费标准", "groups": []})])

    assert "第 1 块“收费标准”没有填完" in blocking_gaps(page)[0].sentence


def test_what_the_units_rows_fulfil_is_not_written_twice(town: Town) -> None:
    found = gaps(disclosure(town, "phone_list"))

    assert any("不必另写" in gap.sentence and not gap.blocking for gap in found)


def test_a_notice_needs_somebody_to_ask(town: Town) -> None:
    assert fields_of(blocking_gaps(notice(town, contact_phone=""))) == ["contact_phone"]


def test_a_planned_outage_says_when_and_where(town: Town) -> None:
    found = blocking_gaps(notice(town, kind="planned_outage"))

    assert fields_of(found) == ["starts_at", "ends_at", "area"]


def test_an_emergency_may_leave_open_when_it_ends(town: Town) -> None:
    assert fields_of(blocking_gaps(notice(town, kind="emergency", area="东城区"))) == []


def test_what_blocks_comes_first(town: Town) -> None:
    found = gaps(disclosure(town, "fee_table", generated_on=None))

    assert [gap.blocking for gap in found] == [True, False]
