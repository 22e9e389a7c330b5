"""What is said of a file is approved along with the content that shows it, and stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from media.models import Document, Image
from pages.models import DisclosureAttachment, DisclosurePage
from tests.factories import make_page
from tests.town import Town
from tests.workflows.acts import signed_in

from .samples import png

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture
def image(town: Town) -> Image:
    return Image.objects.create(
        title="校门",
        description="校门正面",
        source="本校拍摄",
        file=ContentFile(png(), "gate.png"),
        owner_organisation_id=town.school.pk,
    )


@pytest.fixture
def document(town: Town) -> Document:
    file = ContentFile("示例".encode(), "a.txt")
    return Document.objects.create(title="原标题", file=file, owner_organisation_id=town.school.pk)


def rewritten(town: Town, file: Any) -> None:
    """Post the form of a file with other words."""
    form = {"title": "改过", "description": "改过", "source": "改过", "tags": "", "collection": "1"}
    areas = {"focal_point_x": "1", "focal_point_y": "1", "focal_point_width": "1", "focal_point_height": "1"}
    name = "wagtailimages:edit" if isinstance(file, Image) else "wagtaildocs:edit"
    signed_in(town.editor("school")).post(reverse(name, args=[file.pk]), {**form, **areas})
    file.refresh_from_db()


def shown_by(town: Town, image: Image, **fields: Any) -> DisclosurePage:
    picture = {"image": image, "decorative": False, "alt_text": "校门"}
    block = ("image", {"picture": _represented(picture), "caption": "", "source": ""})
    entry = town.entries["school_admission"]
    page: DisclosurePage = make_page(DisclosurePage, town.school, entry=entry, body=[block], **fields)
    return page


def _represented(picture: dict[str, Any]) -> Image:
    image: Image = picture["image"]
    image.contextual_alt_text, image.decorative = picture["alt_text"], picture["decorative"]
    return image


def test_of_an_unused_image_everything_may_be_written(town: Town, image: Image) -> None:
    rewritten(town, image)

    assert (image.title, image.description, image.source) == ("改过", "改过", "改过")


def test_of_a_public_image_nothing_the_public_reads_changes(town: Town, image: Image) -> None:
    shown_by(town, image)

    rewritten(town, image)

    assert (image.title, image.description, image.source) == ("校门", "校门正面", "本校拍摄")
    assert not image.has_focal_point()


def test_nor_while_a_reviewer_reads_it(town: Town, image: Image) -> None:
    page = shown_by(town, image, live=False)
    page.save_revision(user=town.editor("school"))
    page.submit_for_approval(town.editor("school"))

    rewritten(town, image)

    assert image.description == "校门正面"


def test_of_a_mere_draft_s_image_it_may(town: Town, image: Image) -> None:
    shown_by(town, image, live=False)

    rewritten(town, image)

    assert image.description == "改过"


def test_a_public_document_keeps_its_title(town: Town, document: Document) -> None:
    attachment = DisclosureAttachment(title="附件", document=document)
    make_page(DisclosurePage, town.school, entry=town.entries["school_admission"], attachments=[attachment])

    rewritten(town, document)

    assert document.title == "原标题"
