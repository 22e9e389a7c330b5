"""Uploading: whose it is, what is kept of it, what is refused; through the admin's own forms."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from media.models import Document, Image
from tests.factories import appoint, make_person

from .samples import TEXT, docx, png, upload, with_macros

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")


@pytest.fixture
def clerk(client, town):
    client.force_login(town.editor("education_office"))
    return client


def send(client, name="通知.docx", content=None, **fields):
    data = {"title": "通知", "file": upload(name, docx() if content is None else content), "tags": "", **fields}
    return client.post(reverse("wagtaildocs:add"), data)


def send_image(client, **fields):
    data = {"title": "校门", "file": upload("gate.png", png()), "description": "校门正面", "source": "", "tags": ""}
    return client.post(reverse("wagtailimages:add"), {**data, **fields})


def errors(response) -> str:
    return str(response.context["form"].errors)


def test_a_document_belongs_to_the_office_of_its_uploader(clerk, town):
    send(clerk)

    document = Document.objects.get()
    assert document.owner_organisation_id == town.education_office.pk
    assert document.uploaded_by_user == town.editor("education_office")


def test_hash_size_and_text_are_kept(clerk):
    content = docx()

    send(clerk, content=content)

    document = Document.objects.get()
    assert document.file_hash == hashlib.sha1(content).hexdigest()
    assert document.file_size == len(content)
    assert TEXT in document.extracted_text


def test_a_damaged_file_is_kept_without_text(clerk):
    send(clerk, content=b"torn")

    assert Document.objects.get().extracted_text == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", with_macros(docx())), ("a.docm", with_macros(docx())), ("a.xlsm", b"PK")],
    ids=["macros in a docx", "docm", "xlsm"],
)
def test_a_file_with_macros_is_refused_in_chinese(clerk, name, content):
    response = send(clerk, name, content)

    assert "宏" in errors(response) or "docm" in errors(response) or "xlsm" in errors(response)
    assert not Document.objects.exists()


def test_the_multiple_uploader_refuses_macros_too(clerk):
    file = upload("a.docx", with_macros(docx()))

    response = clerk.post(reverse("wagtaildocs:add_multiple"), {"files[]": file})

    assert "含有宏" in response.json()["error_message"]
    assert not Document.objects.exists()


def test_the_multiple_uploader_keeps_owner_and_text(clerk, town):
    clerk.post(reverse("wagtaildocs:add_multiple"), {"files[]": upload("a.docx", docx())})

    document = Document.objects.get()
    assert document.owner_organisation_id == town.education_office.pk
    assert TEXT in document.extracted_text


def test_another_office_cannot_be_named_as_owner(clerk, town):
    response = send(clerk, owner_organisation=town.street.pk)

    assert "owner_organisation" in errors(response)
    assert not Document.objects.exists()


def test_who_works_for_two_offices_has_to_choose(client, town):
    person = make_person("two")
    appoint(person, town.school)
    appoint(person, town.hall)
    client.force_login(person)

    unsaid, said = send(client, owner_organisation=""), send(client, owner_organisation=town.hall.pk)

    assert "owner_organisation" in errors(unsaid)
    assert said.status_code == 302
    assert [document.owner_organisation_id for document in Document.objects.all()] == [town.hall.pk]


def test_a_superior_may_edit_without_taking_it_over(client, town):
    document = Document.objects.create(
        title="通知", file=upload("a.txt", b"a"), owner_organisation_id=town.education_office.pk
    )
    client.force_login(town.editor("district"))
    address = reverse("wagtaildocs:edit", args=[document.pk])
    offered = client.get(address).context["form"]["owner_organisation"].value()

    client.post(address, {"title": "通知二", "tags": "", "owner_organisation": offered})

    document.refresh_from_db()
    assert (document.title, document.owner_organisation_id) == ("通知二", town.education_office.pk)


def test_the_operator_names_an_organisation_and_no_other_page(client, town):
    client.force_login(make_person("operator", is_superuser=True))

    unsaid = send(client, owner_organisation="")
    root = send(client, owner_organisation=1)
    said = send(client, owner_organisation=town.hall.pk)

    assert "owner_organisation" in errors(unsaid)
    assert "owner_organisation" in errors(root)
    assert said.status_code == 302


def test_an_image_says_what_it_shows_and_where_it_comes_from(clerk, town):
    unsaid = send_image(clerk, description="")
    said = send_image(clerk, source="本单位拍摄")

    image = Image.objects.get()
    assert "description" in errors(unsaid)
    assert said.status_code == 302
    assert (image.description, image.source) == ("校门正面", "本单位拍摄")
    assert image.owner_organisation_id == town.education_office.pk


def test_the_second_step_of_the_multiple_uploader_asks_for_the_text(clerk):
    first = clerk.post(reverse("wagtailimages:add_multiple"), {"files[]": upload("gate.png", png())}).json()
    address, prefix = reverse("wagtailimages:edit_multiple", args=[first["image_id"]]), f"image-{first['image_id']}"
    fields = {f"{prefix}-title": "校门", f"{prefix}-tags": "", f"{prefix}-source": ""}

    unsaid = clerk.post(address, {**fields, f"{prefix}-description": ""}).json()
    said = clerk.post(address, {**fields, f"{prefix}-description": "校门正面"}).json()

    assert not unsaid["success"]
    assert said["success"]


def test_what_is_no_picture_is_refused(clerk):
    response = send_image(clerk, file=upload("gate.png", b"no picture"))

    assert "file" in errors(response)
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_the_file_behind_a_number_is_never_exchanged(clerk, kind):
    send(clerk) if kind == "documents" else send_image(clerk)
    thing = (Document if kind == "documents" else Image).objects.get()
    name, other = ("wagtaildocs:edit", "b.docx") if kind == "documents" else ("wagtailimages:edit", "b.png")
    content = docx("别的") if kind == "documents" else png(9)

    response = clerk.post(
        reverse(name, args=[thing.pk]), {"title": "换", "description": "换", "tags": "", "file": upload(other, content)}
    )

    kept = type(thing).objects.get()
    assert "请另行上传" in errors(response)
    assert (kept.title, kept.file.name) == (thing.title, thing.file.name)
