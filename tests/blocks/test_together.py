"""Many streams are read with few queries."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from blocks.base import json_of, plain_text_of
from blocks.story import content_stream_block
from blocks.together import read_together
from media.models import Document
from tests.blocks.samples import FEES

pytestmark = pytest.mark.django_db


def document(name: str) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"x", f"{name}.txt"), file_size=1, file_hash="0" * 40)


def stream(file: Document, page: Page) -> StreamValue:
    group = {**FEES["groups"][0], "document": file.pk}
    link = f'<p><a linktype="page" id="{page.pk}">页面</a><a linktype="document" id="{file.pk}">文件</a></p>'
    raw = [
        {"type": "text", "value": link, "id": "a"},
        {"type": "fee_table", "value": {**FEES, "groups": [group]}, "id": "b"},
        {"type": "form", "value": {"title": "表", "document": file.pk, "sample": file.pk, "use": ""}, "id": "c"},
    ]
    return StreamValue(content_stream_block(), raw, is_lazy=True)


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("number", [5, 25])
def test_any_number_of_streams_is_read_with_one_query_for_each_model(number, django_assert_num_queries):
    home = Page.objects.filter(depth=2).first()
    streams = [stream(document(f"文件{n}"), home) for n in range(number)]
    _warm = home.url

    with django_assert_num_queries(2), read_together(streams) as read:
        shown = [json_of(each.stream_block, each) for each in read]

    assert [each[2]["value"]["document"]["title"] for each in shown] == [f"文件{n}" for n in range(number)]
    assert 'href="/"' not in shown[0][0]["value"]
    assert "/documents/" in shown[0][0]["value"]


def test_what_is_read_together_says_the_same_as_read_alone():
    file = document("文件")
    alone = stream(file, Page.objects.get(depth=1))

    with read_together([alone]) as (together,):
        assert json_of(together.stream_block, together) == json_of(alone.stream_block, alone)
        assert plain_text_of(together[1].block, together[1].value) == plain_text_of(alone[1].block, alone[1].value)


def test_a_link_to_what_is_gone_is_no_link():
    gone = StreamValue(
        content_stream_block(), [{"type": "text", "value": '<a linktype="page" id="99999">页面</a>'}], is_lazy=True
    )

    with read_together([gone]) as (read,):
        assert expand_db_html(read[0].value.source) == "<a>页面</a>"
