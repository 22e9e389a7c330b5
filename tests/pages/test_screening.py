"""A draft with personal data in it is not submitted, wherever the data stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from media.models import Document
from pages.checklist import gaps
from pages.models import DisclosureAttachment, DisclosurePage
from tests.blocks.samples import raw_stream
from tests.desk.test_editor import new, posted
from tests.factories import make_page
from tests.town import Town
from tests.workflows.acts import signed_in

# The sample number of GB 11643, and a mobile number of the form everybody uses for examples.
IDENTITY, MOBILE = "11010519491231002X", "13800138000"


def draft(town: Town, **fields: Any) -> DisclosurePage:
    values = {"title": "示例", "summary": "一句话", "body": [("text", "<p>示例。</p>")], **fields}
    return make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_profile"], **values)


def told(page: DisclosurePage) -> list[tuple[str, bool]]:
    return [(gap.field, gap.blocking) for gap in gaps(page) if "疑似" in gap.sentence]


def a_file(town: Town, words: str) -> Document:
    file = ContentFile(words.encode(), "sample.txt")
    document = Document(title="名单", file=file, owner_organisation_id=town.water.pk)
    document.extracted_text = words
    document.save()
    return document


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": f"示例 {IDENTITY}"}, "title"),
        ({"summary": f"身份证号{IDENTITY}。"}, "summary"),
        ({"body": [("text", f"<p>联系人 {IDENTITY}</p>")]}, "body"),
        ({"body": [("text", "<p>１１０１０５ １９４９１２３１ ００２Ｘ</p>")]}, "body"),
    ],
    ids=["title", "summary", "body", "written apart and wide"],
)
def test_an_identity_number_stands_in_the_way_wherever_it_is(town: Town, fields: dict[str, Any], field: str) -> None:
    page = draft(town)
    for name, value in fields.items():
        setattr(page, name, value)

    assert told(page) == [(field, True)]


def test_the_sentence_names_the_place_and_hides_the_number(town: Town) -> None:
    (gap,) = [gap for gap in gaps(draft(town, body=[("text", f"<p>{IDENTITY}</p>")])) if "疑似" in gap.sentence]

    assert gap.sentence.startswith("正文第 1 块“文字”中有疑似居民身份证号")
    assert IDENTITY not in gap.sentence


def test_the_text_of_a_file_is_read(town: Town) -> None:
    attachment = DisclosureAttachment(title="附件", document=a_file(town, f"张某 {IDENTITY}"))

    assert told(draft(town, attachments=[attachment])) == [("attachments", True)]


def test_numbers_of_neighbouring_cells_are_not_read_as_one(town: Town) -> None:
    table = {
        "table_caption": "数量",
        "data": [["138", "0013", "8000"]],
        "first_row_is_table_header": False,
    }

    assert told(draft(town, body=[("table", {"table": table, "note": ""})])) == []


def test_a_mobile_number_is_refused_in_prose_and_doubted_among_the_phones_of_an_organisation(town: Town) -> None:
    assert told(draft(town, summary=f"请联系{MOBILE}")) == [("summary", True)]

    phones = draft(town, body=raw_stream("phone_list"))
    block = phones.body[0]
    block.value["phones"][0]["phone"] = MOBILE
    assert told(phones) == [("body", False)]


def test_the_number_of_an_office_is_nothing_to_ask_about(town: Town) -> None:
    assert told(draft(town, summary="咨询电话 0411-84345678、12345。")) == []


def test_what_is_found_often_is_told_a_few_times(town: Town) -> None:
    numbers = "、".join(f"1380013{number:04}" for number in range(8000, 8020))

    assert len(told(draft(town, body=[("text", f"<p>{numbers}</p>")]))) == 5


def test_a_draft_with_it_is_kept_and_not_submitted(town: Town) -> None:
    client, bad = signed_in(town.editor("water")), posted(town, summary=f"身份证号{IDENTITY}")

    response = client.post(new(DisclosurePage, town.water), {**bad, "action-submit": "1"})
    assert "内容概述中有疑似居民身份证号" in response.content.decode()
    assert not DisclosurePage.objects.exists()

    client.post(new(DisclosurePage, town.water), bad)
    assert DisclosurePage.objects.get().current_workflow_state is None


def test_a_file_chosen_only_now_is_read_too(town: Town) -> None:
    document = a_file(town, f"张某 {IDENTITY}")
    rows = inline_formset([{"title": "附件", "document": document.pk}])
    data = posted(town, **nested_form_data({"attachments": rows}), **{"action-submit": "1"})

    response = signed_in(town.editor("water")).post(new(DisclosurePage, town.water), data)

    assert "附件“名单”中有疑似居民身份证号" in response.content.decode()
    assert not DisclosurePage.objects.exists()


def test_nor_does_a_spreadsheet_lead_round_it(town: Town) -> None:
    from tests.editing.test_importing import sheet

    client = signed_in(town.editor("water"))
    rows = sheet(["B01", "水价", f"身份证号{IDENTITY}", "2026-01-15", "", "", "正文。"])
    client.post(reverse("editing:import", args=[town.water.pk]), {"file": rows})

    response = client.post(reverse("editing:import_confirm", args=[town.water.pk]), {"then": "submit"}, follow=True)

    assert "第 2 行：内容概述中有疑似居民身份证号" in response.content.decode()
    assert not DisclosurePage.objects.exists()


def test_what_stands_in_the_body_is_told_in_the_list_of_errors_too(town: Town) -> None:
    document = a_file(town, f"张某 {IDENTITY}")
    rows = nested_form_data({"attachments": inline_formset([{"title": "附件", "document": document.pk}])})
    blocks = {"blocks": [{"key": "a", "type": "unstyled", "text": f"联系人 {IDENTITY}"}], "entityMap": {}}
    data = posted(town, **rows, **{"body-0-value": json.dumps(blocks), "action-submit": "1"})

    response = signed_in(town.editor("water")).post(new(DisclosurePage, town.water), data)

    assert "Validation error" not in response.content.decode()
    assert "正文: 正文第 1 块“文字”中有疑似居民身份证号" in response.content.decode()
