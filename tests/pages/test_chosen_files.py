"""Whoever writes a page puts only files within reach on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from media.models import Document, Image
from pages.models import DisclosureAttachment, DisclosurePage
from tests.factories import make_page
from tests.media.samples import png

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture
def document(town):
    file = ContentFile(b"a", "a.txt")
    return Document.objects.create(title="内部文件", file=file, owner_organisation_id=town.education_office.pk)


@pytest.fixture
def image(town):
    file = ContentFile(png(), "a.png")
    return Image.objects.create(title="内部图片", file=file, owner_organisation_id=town.education_office.pk)


def form(town, *, document=None, image=None) -> dict[str, Any]:
    figure = {"picture": {"image": image and image.pk, "decorative": "", "alt_text": "图"}, "caption": "", "source": ""}
    rows = [{"title": "附件", "document": document.pk}] if document else []
    return nested_form_data(
        {
            "title": "草稿", "slug": "", "entry": town.entries["office_functions"].pk, "summary": "",
            "generated_on": "", "document_number": "", "publicity": "active", "tags": "", "supersedes": "",
            "repeals": "", "comments": inline_formset([]),
            "body": streamfield([("image", figure)] if image else []), "attachments": inline_formset(rows),
        }
    )  # fmt: skip


def add(client, town, place: str, **chosen) -> Any:
    client.force_login(town.editor(place))
    organisation = getattr(town, place)
    return client.post(
        reverse("wagtailadmin_pages:add", args=["pages", "disclosurepage", organisation.pk]), form(town, **chosen)
    )


@pytest.mark.parametrize("kind", ["document", "image"])
def test_a_file_of_another_office_is_refused_by_number(client, town, document, image, kind):
    chosen = {"document": document} if kind == "document" else {"image": image}

    response = add(client, town, "street", **chosen)

    assert "不属于您任职的单位" in str(response.context["form"].errors)
    assert not DisclosurePage.objects.exists()


def test_files_of_the_own_office_are_put_on_a_page(client, town, document, image):
    response = add(client, town, "education_office", document=document, image=image)

    assert response.status_code == 302
    assert DisclosurePage.objects.exists()


def test_what_is_public_may_be_used_by_all(client, town, document):
    attachment = DisclosureAttachment(title="附件", document=document)
    make_page(DisclosurePage, town.education_office, entry=town.entries["office_functions"], attachments=[attachment])

    response = add(client, town, "street", document=document)

    assert response.status_code == 302


def test_what_a_superior_put_on_a_page_stays_on_it(client, town, document):
    attachment = DisclosureAttachment(title="附件", document=document)
    page = make_page(
        DisclosurePage, town.street, live=False, entry=town.entries["office_functions"], attachments=[attachment]
    )
    row = page.attachments.get()
    data = form(town)
    rows = inline_formset([{"id": row.pk, "title": "附件二", "document": document.pk}], initial=1)
    data |= nested_form_data({"attachments": rows})
    client.force_login(town.editor("street"))

    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    assert response.status_code == 302
