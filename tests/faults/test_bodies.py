"""What is too large, or no form at all: 4xx in plain words, and nothing is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ledger.models import Webhook
from media.models import Image
from tests.api.writing.asking import WRITE, system_of
from tests.sign_in.acts import knock
from tests.tokens.making import bearer
from tests.town import Town
from tests.workflows.acts import draft, signed_in, whole_form_of

pytestmark = pytest.mark.django_db
# In UTF-8 more than 10 MB.
BIG = "水" * 3_500_000
FILE = b"x" * 21_000_000


def test_a_page_of_ten_megabytes_is_refused(town: Town) -> None:
    page = draft(town)
    editor = signed_in(town.editor("water"))
    form = whole_form_of(page) | {"title": BIG}

    answer = editor.post(f"/admin/pages/{page.pk}/edit/", form)

    assert answer.status_code == 413
    assert "什么也没有保存" in answer.content.decode()
    assert page.get_latest_revision_as_object().title == page.title


def test_a_form_of_ten_thousand_fields_is_refused(town: Town) -> None:
    editor = signed_in(town.editor("water"))

    answer = editor.post(reverse("approval:queue"), {f"f{number}": "1" for number in range(10_001)})
    save = editor.post(f"/admin/pages/{draft(town).pk}/edit/", {f"f{number}": "1" for number in range(10_001)})

    assert (answer.status_code, save.status_code) == (405, 400)
    assert "栏目或文件太多" in save.content.decode()


def test_a_webhook_and_a_sign_in_of_ten_megabytes_are_refused(town: Town) -> None:
    administrator = signed_in(town.administrator("portal"))

    webhook = administrator.post(reverse("webhooks:add"), {"name": BIG})
    door = knock(Client(), BIG, "x")

    assert (webhook.status_code, door.status_code) == (413, 413)
    assert not Webhook.objects.exists()


def test_what_is_no_form_is_refused_in_chinese() -> None:
    answer = Client().post("/admin/login/", b"x" * 100, content_type="multipart/form-data")

    assert answer.status_code == 400
    assert "写法不对" in answer.content.decode()


@pytest.mark.parametrize(("kind", "status"), [("json", 413), ("file", 413)])
def test_a_system_is_told_how_much_it_may_send(town: Town, kind: str, status: int) -> None:
    system = system_of(town)

    if kind == "json":
        answer: Any = system.create("disclosures", {"title": BIG})
    else:
        file = SimpleUploadedFile("a.png", FILE, "image/png")
        answer = Client().post(f"{WRITE}/files/images/", {"file": file}, **bearer(system.secret))

    problem = json.loads(answer.content)
    assert (answer.status_code, problem["type"].rpartition("#")[2]) == (status, "too-large")
    assert "字节" in problem["detail"]


@pytest.mark.parametrize("listing", ["wagtailimages:add", "people:forms_import"])
def test_a_file_of_ten_megabytes_is_refused_beside_its_field(town: Town, listing: str) -> None:
    administrator = signed_in(town.administrator("portal"))
    file = SimpleUploadedFile("a.png", FILE[:11_000_000], "image/png")

    answer = administrator.post(reverse(listing), {"title": "图", "description": "图", "file": file})

    assert (answer.status_code, bool(answer.context["form"].errors["file"])) == (200, True)
    assert not Image.objects.exists()
