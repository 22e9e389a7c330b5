"""Documents, pages and pictures: never a bare id, never a query for each."""

from __future__ import annotations

import json

import jsonschema
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from blocks.base import json_of, json_schema_of, plain_text_of
from blocks.choosers import DocumentLinkBlock, PageLinkBlock
from blocks.image import RENDITIONS, PictureBlock
from blocks.story import content_stream_block

# Willow leaves the temporary file of a rendition to the garbage collector.
WILLOW = "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings(WILLOW)]


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.BASE_URL = "https://gongkai.example"


def make_document(title="通知"):
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.7 ...", name="notice.PDF"))


def make_image(title="图"):
    return get_image_model().objects.create(title=title, file=get_test_image_file(size=(1200, 900)))


def make_page(*, live=True):
    page = Page(title="办事指南", slug="guide", live=live)
    Page.objects.filter(depth=2).first().add_child(instance=page)
    return page


def shown(block, value):
    result = json.loads(json.dumps(json_of(block, value)))
    jsonschema.Draft202012Validator(json_schema_of(block)).validate(result)
    return result


def test_a_document_shows_title_address_type_size_and_hash():
    document = make_document()

    result = shown(DocumentLinkBlock(), document)

    assert result == {
        "title": "通知",
        "url": f"https://gongkai.example{document.url}",
        "type": "pdf",
        "size": 12,
        "sha1": document.file_hash,
    }
    assert len(result["sha1"]) == 40


def test_a_public_page_shows_title_address_and_type():
    page = make_page()

    result = shown(PageLinkBlock(), page)

    assert result == {"title": "办事指南", "url": "https://gongkai.example/guide/", "type": "wagtailcore.Page"}


def test_a_page_that_is_not_public_does_not_give_its_title_away():
    page = make_page(live=False)

    assert shown(PageLinkBlock(), page) is None
    assert plain_text_of(PageLinkBlock(), page) == ""


def test_a_picture_shows_alternative_text_size_and_renditions_but_not_the_original():
    image = make_image()
    block = PictureBlock()

    result = shown(block, block.to_python({"image": image.pk, "decorative": False, "alt_text": "水厂大门"}))

    assert (result["alt"], result["decorative"], result["width"], result["height"]) == ("水厂大门", False, 1200, 900)
    assert [each["filter"] for each in result["renditions"]] == list(RENDITIONS)
    assert all(each["url"].startswith("https://gongkai.example/media/images/") for each in result["renditions"])
    assert "original_images" not in json.dumps(result)


def test_a_picture_in_the_page_has_size_and_alternative_text():
    value = {"picture": {"image": make_image().pk, "decorative": False, "alt_text": "水厂大门"}, "caption": "正门"}
    stream = content_stream_block().to_python([{"type": "image", "value": value, "id": "1"}])

    html = stream.render_as_block({})

    assert 'alt="水厂大门"' in html
    assert "400w" in html
    assert "<figcaption" in html


def test_a_picture_whose_file_is_lost_breaks_nothing():
    image = make_image()
    image.file.storage.delete(image.file.name)
    block = PictureBlock()
    value = block.to_python({"image": image.pk, "decorative": True, "alt_text": ""})

    assert shown(block, value)["alt"] == ""


def test_a_picture_needs_alternative_text_or_a_word_that_it_needs_none():
    image = make_image()
    block = PictureBlock()

    with pytest.raises(ValidationError):
        block.clean(block.to_python({"image": image.pk, "decorative": False, "alt_text": ""}))
    block.clean(block.to_python({"image": image.pk, "decorative": True, "alt_text": ""}))


def test_rich_text_names_pages_and_documents_by_absolute_address():
    page, document = make_page(), make_document()
    html = f'<p><a linktype="page" id="{page.pk}">指南</a><a linktype="document" id="{document.pk}">通知</a></p>'
    stream = content_stream_block().to_python([{"type": "text", "value": html, "id": "1"}])

    text = content_stream_block().get_api_representation(stream)[0]["value"]

    assert 'href="https://gongkai.example/guide/"' in text
    assert f'href="https://gongkai.example{document.url}"' in text
    assert "linktype" not in text


def test_a_deleted_document_leaves_its_title_and_no_link():
    document = make_document()
    raw = {"title": "附件", "files": [{"title": "通知", "number": "", "document": document.pk}]}
    document.delete()

    stream = content_stream_block().to_python([{"type": "document_list", "value": raw, "id": "1"}])

    assert content_stream_block().get_api_representation(stream)[0]["value"]["files"][0]["document"] is None
    assert "<a" not in stream.render_as_block({})


@pytest.mark.parametrize("number", [1, 8])
def test_queries_do_not_grow_with_the_number_of_files_and_pictures(number, django_assert_num_queries):
    files = [{"title": f"文件{i}", "number": "", "document": make_document().pk} for i in range(number)]
    pictures = [
        {"picture": {"image": make_image().pk, "decorative": True, "alt_text": ""}, "caption": "", "source": ""}
        for _ in range(number)
    ]
    raw = [{"type": "document_list", "value": {"title": "", "files": files}, "id": "d"}]
    raw += [{"type": "image", "value": picture, "id": f"p{i}"} for i, picture in enumerate(pictures)]
    content_stream_block().get_api_representation(content_stream_block().to_python(raw))

    # Documents, pictures, renditions.
    with django_assert_num_queries(3):
        content_stream_block().get_api_representation(content_stream_block().to_python(raw))
