"""A block whose template is gone stays in the record."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from blocks.base import json_schema_of
from blocks.sealed import SealedValue, SealingStreamBlock, unknown_types

GONE = {
    "type": "school_canteen",
    "value": {"price": 12.50, "dishes": [{"名称": "米饭", "id": None}], "note": "<p>a&nbsp;b</p>"},
    "id": "5f0c",
}
KNOWN = {"type": "words", "value": "一", "id": "11aa"}


class WordsStream(SealingStreamBlock):
    words = blocks.CharBlock(label="文字")


@pytest.fixture
def stream_block():
    return WordsStream()


def posted(stream, value, **changes):
    """Return what the form of this value posts."""
    data = {"body-count": str(len(value))}
    for index, state in enumerate(stream.get_form_state(value)):
        place = f"body-{index}"
        content = state["value"]["signed"] if state["type"] == "sealed" else state["value"]
        data |= {f"{place}-type": state["type"], f"{place}-id": state["id"], f"{place}-value": content}
        data |= {f"{place}-order": str(index), f"{place}-deleted": ""}
    return data | changes


def saved(stream, data):
    return stream.get_prep_value(stream.clean(stream.value_from_datadict(data, {}, "body")))


@pytest.mark.parametrize("stored", [[GONE], [KNOWN, GONE], [GONE, KNOWN, GONE | {"id": "9"}]])
@pytest.mark.parametrize("as_text", [False, True])
def test_reading_and_storing_changes_nothing(stream_block, stored, as_text):
    raw = json.dumps(stored) if as_text else deepcopy(stored)

    value = stream_block.to_python(raw)
    touched = [child.value for child in value]

    assert len(touched) == len(stored)
    assert json.dumps(stream_block.get_prep_value(value)) == json.dumps(stored)


def test_many_streams_read_at_once_keep_their_sealed_blocks(stream_block):
    values = stream_block.bulk_to_python([[GONE], [KNOWN, GONE]])

    assert [stream_block.get_prep_value(value) for value in values] == [[GONE], [KNOWN, GONE]]


def test_posting_the_form_unchanged_changes_nothing(stream_block):
    value = stream_block.to_python([KNOWN, GONE])

    stored = saved(stream_block, posted(stream_block, value))

    assert json.dumps(stored) == json.dumps([KNOWN, GONE])


def test_editing_another_block_keeps_the_sealed_one(stream_block):
    value = stream_block.to_python([KNOWN, GONE])

    stored = saved(stream_block, posted(stream_block, value, **{"body-0-value": "二", "body-0-order": "7"}))

    assert stored == [GONE, KNOWN | {"value": "二"}]


def test_an_editor_may_delete_a_sealed_block_on_purpose(stream_block):
    value = stream_block.to_python([KNOWN, GONE])

    stored = saved(stream_block, posted(stream_block, value, **{"body-1-deleted": "1"}))

    assert stored == [KNOWN]


def test_sealed_content_that_was_tampered_with_is_refused(stream_block):
    value = stream_block.to_python([GONE])

    with pytest.raises(ValidationError) as refusal:
        saved(stream_block, posted(stream_block, value, **{"body-0-value": "e30:1abc:forged"}))

    assert "被改动" in str(refusal.value.block_errors[0])


def test_a_form_opened_before_the_plugin_left_is_refused_and_not_emptied(stream_block):
    value = stream_block.to_python([KNOWN])

    with pytest.raises(ValidationError) as refusal:
        saved(stream_block, posted(stream_block, value, **{"body-0-type": "school_canteen"}))

    assert "school_canteen" in refusal.value.as_json_data()["messages"][0]


def test_with_the_plugin_back_the_block_is_an_ordinary_one(stream_block):
    class WithCanteen(WordsStream):
        school_canteen = blocks.StructBlock([("price", blocks.FloatBlock())])

    sealed = stream_block.get_prep_value(stream_block.to_python([GONE]))

    value = WithCanteen().to_python(sealed)

    assert value[0].block_type == "school_canteen"
    assert value[0].value["price"] == 12.5


def test_the_public_reads_a_quiet_note_and_nothing_of_the_content(stream_block):
    html = stream_block.render(stream_block.to_python([GONE]))

    assert "此部分内容的模板暂缺，原始内容已保存" in html
    assert "米饭" not in html
    assert "school_canteen" not in html


def test_the_api_shows_the_original_type_and_raw_value(stream_block):
    shown = stream_block.get_api_representation(stream_block.to_python([GONE]))

    assert shown == [{"type": "school_canteen", "sealed": True, "value": GONE["value"], "id": "5f0c"}]


def test_the_schema_tells_sealed_blocks_from_others(stream_block):
    import jsonschema

    validate = jsonschema.Draft202012Validator(json_schema_of(stream_block)).validate

    validate(stream_block.get_api_representation(stream_block.to_python([KNOWN, GONE])))
    with pytest.raises(jsonschema.ValidationError):
        validate([{"type": "words", "value": 3, "id": None}])


def test_the_form_names_the_missing_template_and_sends_the_value_signed(stream_block):
    state = stream_block.get_form_state(stream_block.to_python([GONE]))[0]

    assert state["type"] == "sealed"
    assert state["value"]["type"] == "school_canteen"
    assert stream_block.child_blocks["sealed"].value_from_datadict(
        {"x": state["value"]["signed"]}, {}, "x"
    ) == SealedValue(GONE["type"], GONE["value"])


def test_translation_leaves_sealed_content_alone(stream_block):
    from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

    segments = StreamFieldSegmentExtractor(None).handle_stream_block(stream_block.to_python([KNOWN, GONE]))

    assert [segment.path for segment in segments] == ["11aa"]


def test_unknown_types_are_named(stream_block):
    assert unknown_types([KNOWN, GONE], stream_block) == {"school_canteen"}
    assert unknown_types([], stream_block) == set()
