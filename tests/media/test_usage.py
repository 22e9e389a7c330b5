"""What anything rests on is not deleted, in whichever way one asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import reverse

from media.models import Document, Image
from media.usage import is_used
from pages.models import DisclosureAttachment, DisclosurePage
from tests.factories import make_page
from tests.workflows.acts import signed_in

from .samples import png

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture
def document(town):
    file = ContentFile("办法".encode(), "rules.txt")
    return Document.objects.create(title="办法", file=file, owner_organisation_id=town.education_office.pk)


@pytest.fixture
def image(town):
    file = ContentFile(png(), "gate.png")
    return Image.objects.create(title="校门", file=file, owner_organisation_id=town.education_office.pk)


@pytest.fixture
def page(town):
    return make_page(DisclosurePage, town.education_office, entry=town.entries["office_functions"])


def draft_with(page: Any, *, document: Any = None, image: Any = None, text: str = "") -> None:
    """Put something into the draft of a public page; its row stays as it is."""
    figure = {
        "picture": {"image": image and image.pk, "decorative": False, "alt_text": "校门"},
        "caption": "",
        "source": "",
    }
    blocks = [{"type": "image", "value": figure}] if image else [{"type": "text", "value": text}] if text else []
    page.body = json.dumps(blocks)
    page.attachments = [DisclosureAttachment(title="附件", document=document)] if document else []
    page.save_revision()


@pytest.mark.parametrize("kind", ["document", "image", "linked document"])
def test_what_only_the_draft_of_a_public_page_uses_is_used(page, document, image, kind):
    used = image if kind == "image" else document
    before = is_used(used)

    if kind == "linked document":
        draft_with(page, text=f'<p><a linktype="document" id="{document.pk}">办法</a></p>')
    else:
        draft_with(page, **{kind: used})

    assert (before, is_used(used)) == (False, True)


def test_a_number_in_a_draft_is_no_use_of_the_file_with_that_number(page, document, image):
    draft_with(page, document=document, text=f"<p>id={image.pk}</p><p>第 {image.pk} 号</p>")

    assert not is_used(image)


def test_what_a_draft_used_before_it_was_changed_is_free(page, document):
    draft_with(page, document=document)
    draft_with(page)

    assert not is_used(document)


@pytest.mark.parametrize("kind", ["document", "image"])
@pytest.mark.parametrize("way", ["alone", "several", "bulk"])
def test_what_a_draft_uses_is_deleted_in_no_way(town, page, request, kind, way):
    used = request.getfixturevalue(kind)
    draft_with(page, **{kind: used})

    answer = signed_in(town.editor("education_office")).post(address(way, kind, used))

    assert "正在使用中，不能删除" in said(answer)
    assert type(used).objects.filter(pk=used.pk).exists()


def address(way: str, kind: str, file: Any) -> str:
    if way == "bulk":
        return reverse("wagtail_bulk_action", args=["media", kind, "delete"]) + f"?id={file.pk}"
    app = {"document": "wagtaildocs", "image": "wagtailimages"}[kind]
    return reverse(f"{app}:delete_multiple" if way == "several" else f"{app}:delete", args=[file.pk])


def said(answer: Any) -> str:
    if answer.headers["Content-Type"] == "application/json":
        return str(answer.json()["error_message"])
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


@pytest.mark.parametrize("way", ["several", "bulk"])
def test_of_what_is_not_ones_own_nothing_is_said(client, town, page, document, way):
    draft_with(page, document=document)
    client.force_login(town.editor("street"))

    answer = client.post(address(way, "document", document))

    assert answer.status_code in {302, 404}
    assert "办法" not in said(answer)


@pytest.mark.parametrize("way", ["several", "bulk"])
def test_what_nothing_uses_goes(client, town, document, way):
    client.force_login(town.editor("education_office"))

    client.post(address(way, "document", document))

    assert not Document.objects.exists()


def test_one_that_is_used_keeps_all_that_were_marked_with_it(client, town, page, document):
    other = Document.objects.create(
        title="别的", file=ContentFile(b"b", "b.txt"), owner_organisation_id=town.education_office.pk
    )
    draft_with(page, document=document)
    client.force_login(town.editor("education_office"))

    client.post(address("bulk", "document", document) + f"&id={other.pk}")

    assert Document.objects.count() == 2
