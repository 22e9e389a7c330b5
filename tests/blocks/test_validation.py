"""What a clerk is told when something is missing or does not fit."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from blocks.announcement import AnnouncementBlock
from blocks.fees import FeeBlock, FeeTableBlock
from blocks.names import NameListBlock
from blocks.scalars import AmountBlock, PhoneBlock
from blocks.schedule import ScheduleBlock
from blocks.story import content_stream_block
from blocks.writing import phone_numbers

from .samples import VALUES, raw_stream

READY = [name for name in VALUES if name not in ("document_list", "form", "image")]


def errors_of(block, **changes):
    value = block.to_python(VALUES[block.name] | changes)
    with pytest.raises(ValidationError) as error:
        block.clean(value)
    return {name: " ".join(each.messages) for name, each in error.value.block_errors.items()}


def named(block_class, name):
    block = block_class()
    block.set_name(name)
    return block


@pytest.mark.parametrize("name", READY)
def test_a_complete_block_is_accepted(name):
    stream = content_stream_block().to_python(raw_stream(name))

    assert len(content_stream_block().clean(stream)) == 1


@pytest.mark.parametrize("name", list(VALUES))
def test_a_draft_of_any_block_may_be_empty(name):
    stream = content_stream_block().to_python([{"type": name, "value": "" if name == "text" else {}, "id": "1"}])

    assert len(content_stream_block().clean_deferred(stream)) == 1


def test_what_is_wrong_in_a_block_is_told_in_chinese_where_errors_are_listed():
    stream = content_stream_block().to_python([{"type": "text", "value": "", "id": "1"}])

    with pytest.raises(ValidationError) as error:
        content_stream_block().clean(stream)

    assert error.value.messages == ["有内容块没有填对，请看标红的各处。"]


def test_a_text_of_empty_paragraphs_is_no_text():
    stream = content_stream_block().to_python([{"type": "text", "value": "<p>&nbsp;</p>", "id": "1"}])

    with pytest.raises(ValidationError) as error:
        content_stream_block().clean(stream)

    assert "必" in error.value.block_errors[0].messages[0]


@pytest.mark.parametrize(
    ("block_class", "name", "changes", "field", "message"),
    [
        (AnnouncementBlock, "announcement", {"ends": "2026-11-24T00:00:00Z"}, "ends", "“结束时间”早于“开始时间”。"),
        (ScheduleBlock, "schedule", {"valid_to": "2026-10-01"}, "valid_to", "“到哪天止”早于“从哪天起”。"),
        (NameListBlock, "name_list", {"display_to": "2026-11-01"}, "display_to", "“公示结束”早于“公示开始”。"),
        (AnnouncementBlock, "announcement", {"contact": "营业厅"}, "contact", "“营业厅”里没有可以拨打的号码。"),
        (FeeTableBlock, "fee_table", {"supervision_phone": ""}, "supervision_phone", "必"),
        (FeeTableBlock, "fee_table", {"since": None}, "since", "必"),
    ],
)
def test_contradictions_are_named_at_the_field(block_class, name, changes, field, message):
    errors = errors_of(named(block_class, name), **changes)

    assert list(errors) == [field]
    assert message in errors[field]


def test_a_fee_without_amount_needs_words():
    block = FeeBlock()
    row = VALUES["fee_table"]["groups"][0]["fees"][1] | {"amount_note": ""}

    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(row))

    assert "标准说明" in error.value.block_errors["amount"].messages[0]


@pytest.mark.parametrize("amount", ["-1", "abc", "1.1234567", "NaN", "Infinity"])
def test_an_amount_is_a_number_of_zero_or_more_with_six_places(amount):
    block = AmountBlock()

    with pytest.raises(ValidationError):
        block.clean(amount)


@pytest.mark.parametrize(
    ("given", "stored"),
    [("3.20", "3.20"), (3.1, "3.1"), (0, "0"), (Decimal("1E+3"), "1000"), ("12345678901234.56", "12345678901234.56")],
)
def test_an_amount_is_stored_exactly(given, stored):
    block = AmountBlock()

    assert block.get_prep_value(block.normalize(given)) == stored


def test_an_unreadable_stored_amount_is_none():
    assert AmountBlock().to_python("三元") is None


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("12345", ["tel:12345"]),
        ("0411-8888-8888", ["tel:041188888888"]),
        ("（0411）88888888", ["tel:041188888888"]),
        ("0411 88888888", ["tel:041188888888"]),
        ("+86 411 88888888", ["tel:+8641188888888"]),
        ("400 123 4567", ["tel:4001234567"]),
        ("95598、12398", ["tel:95598", "tel:12398"]),
        ("95598 12398", ["tel:95598", "tel:12398"]),
        ("0411-88888888转801", ["tel:041188888888;ext=801"]),
        ("0411-88888888（24 小时）", ["tel:041188888888"]),
        ("110", ["tel:110"]),
        ("工作日 9 点", []),
    ],
)
def test_phone_numbers_are_found_as_people_write_them(text, addresses):
    assert [address for _written, address in phone_numbers(text)] == addresses


def test_an_optional_phone_may_be_left_out():
    assert PhoneBlock(required=False).clean("") == ""


def test_names_are_shown_within_their_period_only(clock):
    block = content_stream_block()
    stream = block.to_python(raw_stream("name_list"))
    clock.move_to(datetime.datetime(2026, 11, 26, 15, 59, tzinfo=datetime.UTC))
    shown_on_the_last_day = stream.render_as_block({})

    clock.move_to(datetime.datetime(2026, 11, 26, 16, 1, tzinfo=datetime.UTC))

    assert "张某某" in shown_on_the_last_day
    assert "张某某" not in stream.render_as_block({})
    assert "张某某" not in str(block.get_api_representation(stream))
    assert "张某某" not in " ".join(block.get_searchable_content(stream))
    assert "助学金评审结果公示" in stream.render_as_block({})


@pytest.mark.parametrize(("typed", "stored"), [("", None), ("三元", None), ("3.20", "3.20"), (Decimal("1E+2"), "100")])
def test_the_form_may_compare_an_amount_before_it_is_checked(typed, stored):
    assert AmountBlock().get_prep_value(typed) == stored
