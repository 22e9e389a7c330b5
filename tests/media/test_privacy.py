"""A file is private until a live page uses it, and what is used stays."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import reverse

from media.models import Document, Image
from pages.models import DisclosureAttachment, DisclosurePage
from tests.factories import make_page

from .samples import png

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture
def document(town):
    return Document.objects.create(
        title="办法", file=ContentFile("办法".encode(), "rules.txt"), owner_organisation_id=town.education_office.pk
    )


@pytest.fixture
def image(town):
    return Image.objects.create(
        title="校门", file=ContentFile(png(), "gate.png"), owner_organisation_id=town.education_office.pk
    )


def attach(town, document, **fields):
    return make_page(
        DisclosurePage,
        town.education_office,
        entry=town.entries["office_functions"],
        attachments=[DisclosureAttachment(title="附件", document=document)],
        **fields,
    )


def show(town, image):
    figure = {"picture": {"image": image.pk, "decorative": False, "alt_text": "校门"}, "caption": "", "source": ""}
    body = [{"type": "image", "value": figure}]
    return make_page(DisclosurePage, town.education_office, entry=town.entries["office_functions"], body=body)


def status(client, address) -> int:
    response = client.get(address)
    # `response.close()` would close the database as well.
    for close in response._resource_closers:
        close()
    return response.status_code


def test_a_document_is_public_exactly_while_a_public_page_uses_it(client, town, document):
    page = attach(town, document, live=False)
    seen = [status(client, document.url)]

    page.get_latest_revision().publish(skip_permission_checks=True)
    seen.append(status(client, document.url))
    page.refresh_from_db()
    page.unpublish()
    seen.append(status(client, document.url))

    assert seen == [404, 200, 404]


def test_a_document_in_the_draft_of_a_public_page_stays_private(client, town, document):
    page = make_page(DisclosurePage, town.education_office, entry=town.entries["office_functions"])
    page.attachments = [DisclosureAttachment(title="附件", document=document)]
    page.save_revision()

    assert status(client, document.url) == 404


def test_a_private_document_is_read_within_reach(client, town, document):
    readers = ["education_office", "district", "portal"]
    others = ["street", "school", "water_office"]
    seen = {}

    for place in [*readers, *others]:
        client.force_login(town.reviewer(place))
        seen[place] = status(client, document.url)

    assert seen == dict.fromkeys(readers, 200) | dict.fromkeys(others, 404)


@pytest.mark.parametrize(
    "address",
    [
        "/media/{file}",
        "/media/images/../{file}",
        "/media/images/%2e%2e/{file}",
        "/media/images/..%2f{file}",
        "/media/images//../{file}",
        "/media/images/./../{file}",
    ],
)
def test_originals_and_documents_are_not_served_as_files(client, document, image, address, settings):
    for thing in (document, image):
        assert status(client, address.format(file=thing.file.name)) in {400, 404}


def test_a_size_of_a_picture_has_an_address_nobody_guesses(client, image):
    rendition = image.get_rendition("width-4")

    assert status(client, rendition.url) == 200
    assert status(client, "/media/images/gate.width-4.png") == 404
    assert f"/{image.get_file_hash()[:20]}/" in rendition.url


@pytest.mark.parametrize("kind", ["document", "image"])
def test_what_is_used_is_not_deleted_and_the_reason_is_said(client, town, document, image, kind):
    thing = document if kind == "document" else image
    attach(town, document, live=False)
    show(town, image)
    client.force_login(town.editor("education_office"))
    name = {"document": "wagtaildocs:delete", "image": "wagtailimages:delete"}[kind]

    response = client.post(reverse(name, args=[thing.pk]))

    (message,) = get_messages(response.wsgi_request)
    assert "正在使用中，不能删除" in str(message)
    assert response.url == thing.usage_url
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_what_nothing_uses_is_deleted(client, town, document, image):
    client.force_login(town.editor("education_office"))

    client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    client.post(reverse("wagtailimages:delete", args=[image.pk]))

    assert not Document.objects.exists()
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_the_apis_of_the_admin_list_what_is_within_reach(client, town, document, image, kind):
    thing = document if kind == "documents" else image
    listing = reverse(f"wagtailadmin_api:{kind}:listing")
    seen = {}

    for place in ["education_office", "district", "street", "school"]:
        client.force_login(town.editor(place))
        seen[place] = [item["id"] for item in client.get(listing).json()["items"]]

    assert seen == {"education_office": [thing.pk], "district": [thing.pk], "street": [], "school": []}
