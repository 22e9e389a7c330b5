"""Which blocks there are, in what order, and who fulfils which kind of content."""

from __future__ import annotations

import json
from types import SimpleNamespace

import jsonschema
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from wagtail import blocks, hooks

from blocks.base import ContentBlock, json_schema_of, plain_text_of
from blocks.contract import contract_errors
from blocks.kinds import BY_NOTICE_PAGE, BY_UNIT_ROWS, GENERATED, ContentKind
from blocks.story import (
    ContentStreamBlock,
    block_names_for,
    content_stream_block,
    plain_text,
    reading_once,
    sealed_types,
)
from blocks.text import TextContentBlock
from tests.shared_data import REAL_CITY, needs_real_city

from .samples import VALUES, raw_stream

BUILT_IN = [name for name in ContentStreamBlock.base_blocks if name != "sealed"]
CATALOGUES = REAL_CITY / "catalogues"


class CanteenBlock(ContentBlock):
    menu = blocks.CharBlock(label="菜单")

    content_kinds = (ContentKind.SCHEDULE,)

    class Meta:
        label = "食堂"
        template = "blocks/text.html"


@pytest.fixture
def plugin():
    """Install a template with one block for the length of a test."""
    template = SimpleNamespace(code="school", blocks=(("canteen", CanteenBlock),))
    content_stream_block.cache_clear()
    with hooks.register_temporarily("register_industry_template", lambda: template):
        yield template
    content_stream_block.cache_clear()


def values():
    return content_stream_block().to_python(raw_stream())


def test_there_is_a_sample_of_every_block():
    assert sorted(VALUES) == sorted(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_block_keeps_the_contract(name):
    assert list(contract_errors(name, content_stream_block().child_blocks[name])) == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_block_stands_in_a_group_and_has_an_icon(name):
    meta = content_stream_block().child_blocks[name].meta

    assert str(meta.group) in {"文字", "表格", "办事", "文件"}
    assert meta.icon != "placeholder"


def test_blocks_come_in_groups_in_a_fixed_order():
    groups = [str(group) for group, _blocks in content_stream_block().grouped_child_blocks() if group]

    assert groups == ["文字", "表格", "办事", "文件"]


@pytest.mark.parametrize("kind", ContentKind)
def test_every_kind_of_content_is_fulfilled(kind):
    assert block_names_for(kind) or kind in GENERATED | BY_NOTICE_PAGE | BY_UNIT_ROWS


@needs_real_city
def test_every_kind_in_the_catalogues_of_a_real_city_is_known():
    items = [item for file in CATALOGUES.glob("*.json") for item in json.loads(file.read_text("utf-8"))["items"]]

    assert {item["content_kind"] for item in items} <= set(ContentKind.values)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_api_shows_what_the_schema_says(name, clock):
    stream = content_stream_block().to_python(raw_stream(name))

    shown = json.loads(json.dumps(content_stream_block().get_api_representation(stream)))

    jsonschema.Draft202012Validator(json_schema_of(content_stream_block())).validate(shown)
    assert "sealed" not in shown[0]


@pytest.mark.parametrize("name", BUILT_IN)
def test_an_empty_draft_of_every_block_renders_and_keeps_the_schema(name):
    block = content_stream_block().child_blocks[name]
    stream = content_stream_block().to_python([{"type": name, "value": "" if name == "text" else {}, "id": "1"}])

    shown = json.loads(json.dumps(content_stream_block().get_api_representation(stream)))

    jsonschema.Draft202012Validator(json_schema_of(content_stream_block())).validate(shown)
    assert "None" not in stream.render_as_block({})
    assert "None" not in plain_text_of(block, stream[0].value)


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_is_read_is_stored_back_the_same(name):
    stream = content_stream_block().to_python(raw_stream(name))
    assert stream[0].value is not None

    stored = content_stream_block().get_prep_value(stream)

    read_again = content_stream_block().to_python(json.loads(json.dumps(stored, default=str)))
    assert json.dumps(content_stream_block().get_api_representation(read_again)) == json.dumps(
        content_stream_block().get_api_representation(stream)
    )


def test_links_are_absolute_from_the_settings_or_the_request(settings):
    settings.BASE_URL = "https://gongkai.example"
    settings.ALLOWED_HOSTS = ["city.example"]
    stream = content_stream_block().to_python(raw_stream("text"))
    request = RequestFactory(SERVER_NAME="city.example").get("/api/v2/pages/")

    quiet = content_stream_block().get_api_representation(stream)
    asked = content_stream_block().get_api_representation(stream, context={"request": request})

    assert 'href="https://gongkai.example/guide/"' in quiet[0]["value"]
    assert 'href="http://city.example/guide/"' in asked[0]["value"]


def test_prices_are_exact_strings():
    fees = content_stream_block().get_api_representation(content_stream_block().to_python(raw_stream("fee_table")))

    fee = fees[0]["value"]["groups"][0]["fees"][0]
    assert (fee["amount"], fee["previous"]) == ("3.20", "3.10")


def test_plain_text_holds_the_words_and_labels_the_numbers(clock):
    text = plain_text(values())

    assert "第一阶梯　标准（元）：3.20　立方米" in text
    assert "开始时间：2026年11月25日 08:00" in text
    assert "不合格" in text
    assert "<" not in text.replace("<0.05", "")


def test_html_has_no_inline_style_and_every_table_has_caption_and_scope(clock):
    html = values().render_as_block({})

    assert "style=" not in html
    assert html.count("<table") == html.count("<caption") == html.count('role="group"')
    assert "<th>" not in html


def test_phone_numbers_can_be_pressed():
    html = content_stream_block().to_python(raw_stream("phone_list", "announcement")).render_as_block({})

    assert '<a href="tel:041195598;ext=2">0411-95598 转 2</a>' in html
    assert '<a href="tel:041100000000">0411-0000-0000</a>（24 小时）' in html


def test_a_plugin_brings_its_blocks(plugin):
    assert "canteen" in content_stream_block().child_blocks
    assert block_names_for(ContentKind.SCHEDULE) == ("schedule", "canteen")


def test_without_its_plugin_a_block_is_named_as_sealed(plugin):
    raw = [{"type": "canteen", "value": {"menu": "米饭"}, "id": "1"}]

    assert sealed_types(raw) == set()
    content_stream_block.cache_clear()
    plugin.blocks = ()
    assert sealed_types(raw) == {"canteen"}


@pytest.mark.parametrize("name", ["text", "sealed"])
def test_a_plugin_may_not_take_a_name_that_is_taken(plugin, name):
    plugin.blocks = ((name, TextContentBlock),)

    with pytest.raises(ImproperlyConfigured, match=name):
        ContentStreamBlock()


def test_a_block_that_would_show_a_bare_id_breaks_the_contract():
    class Bare(ContentBlock):
        page = blocks.PageChooserBlock(label="页面")

        class Meta:
            label = "Page"

    errors = " ".join(contract_errors("bare", Bare()))

    assert "json_schema" in errors
    assert "no Chinese" in errors
    assert "blocks/bare.html" in errors


def test_a_stream_is_asked_once_where_many_pages_hold_it():
    stream = content_stream_block().to_python(raw_stream("text"))
    asked = []

    class Counted(list):
        def __iter__(self):
            asked.append(1)
            return super().__iter__()

    counted = Counted(stream)

    with reading_once():
        first, second = plain_text(counted), plain_text(counted)

    assert first == second == plain_text(stream)
    assert len(asked) == 1
