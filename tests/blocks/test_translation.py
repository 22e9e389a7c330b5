"""Every block can be translated by wagtail-localize, word by word, and comes back whole."""

from __future__ import annotations

import json

import pytest
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import StringValue

from blocks.story import content_stream_block

from .samples import VALUES, raw_stream


def stored(name):
    """Return a raw stream as a form would have saved it: rows of lists have ids by then."""
    block = content_stream_block()
    stream = block.to_python(raw_stream(name))
    assert stream[0].value is not None
    return json.dumps(block.get_prep_value(stream), default=str)


def translated(segment):
    if not isinstance(segment, StringSegmentValue):
        return segment
    html = segment.string.data.replace("水", "W")
    return StringSegmentValue(segment.path, StringValue(html), attrs=segment.attrs)


@pytest.mark.parametrize("name", list(VALUES))
def test_words_are_translated_in_place_and_nothing_else_changes(name, clock):
    block = content_stream_block()
    raw = stored(name)
    before = json.dumps(block.get_api_representation(block.to_python(raw)), ensure_ascii=False)

    segments = StreamFieldSegmentExtractor(None).handle_stream_block(block.to_python(raw))
    translations = [translated(segment) for segment in segments if not segment.is_empty()]
    stream = StreamFieldSegmentsWriter(None, None, None).handle_stream_block(block.to_python(raw), translations)

    assert json.dumps(block.get_api_representation(stream), ensure_ascii=False) == before.replace("水", "W")
