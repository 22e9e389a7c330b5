"""A link dies with its draft and with its maker's office, and takes nobody else's files along."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.images.tests.utils import get_test_image_file

from accounts.models import Appointment
from media.models import Document, Image
from pages.models import DisclosureAttachment
from tests.factories import make_disclosure
from tests.town import Town
from tests.workflows.acts import draft, draft_service
from workflows.outside.links import create_link, is_draft
from workflows.withdrawing import Plan, withdraw

from .acts import document, outsider, shown


def publish(page: Any) -> None:
    page.latest_revision.publish(skip_permission_checks=True)
    page.refresh_from_db()


def test_a_withdrawn_version_is_no_draft_again(town: Town) -> None:
    page = draft(town)
    _link, address = shown(town, page=page)
    publish(page)

    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan(kind="gone", reason="价格有误。"))

    page.refresh_from_db()
    assert page.live_revision is None
    assert outsider().get(address).status_code == 404


@pytest.mark.parametrize("make", [draft, draft_service])
def test_what_simply_left_the_public_is_no_draft_again(town: Town, make: Any) -> None:
    subject = make(town)
    first = subject.latest_revision
    first.publish(skip_permission_checks=True)
    subject.refresh_from_db()
    subject.unpublish()
    subject.refresh_from_db()

    assert not is_draft(first, subject)


def test_a_version_that_a_newer_one_replaced_is_no_draft_again(town: Town) -> None:
    page = draft(town)
    _link, address = shown(town, page=page)
    page.save_revision(user=town.editor("water"))

    publish(page)

    assert outsider().get(address).status_code == 404


@pytest.mark.usefixtures("clock")
def test_a_version_written_after_a_withdrawal_may_be_shown(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表", owner=town.editor("water"))
    withdraw(subject=page, user=town.reviewer("water_office"), plan=Plan(kind="gone", reason="价格有误。"))
    page.refresh_from_db()
    page.save_revision(user=town.editor("water"))

    _link, address = shown(town, page=page)

    assert outsider().get(address).status_code == 200


def test_a_link_dies_with_its_makers_dismissal(town: Town) -> None:
    _link, address = shown(town)

    Appointment.objects.filter(user=town.editor("water")).delete()

    assert outsider().get(address).status_code == 404


def naming(town: Town, file: Document) -> Any:
    page = draft(town)
    page.attachments.add(DisclosureAttachment(title="附表", document=file))
    page.save_revision(user=town.editor("water"))
    return page


def test_another_organisations_private_file_is_shown_to_nobody(town: Town) -> None:
    file = document(town)
    page = naming(town, file)
    _link, address = shown(town, page=page)
    Document.objects.filter(pk=file.pk).update(owner_organisation=town.school.pk)

    assert outsider().get(f"{address}files/{file.pk}/").status_code == 404
    with pytest.raises(ValidationError, match="其他单位尚未公开的图片或文件：《附表》"):
        create_link(revision=page.latest_revision, user=town.editor("water"), days=7, purpose="市司法局")


def test_another_organisations_public_file_may_go_along(town: Town) -> None:
    file = document(town)
    Document.objects.filter(pk=file.pk).update(owner_organisation=town.school.pk)
    publish(naming(town, file))

    link, _address = shown(town, page=naming(town, file))

    assert link.pk


def test_another_organisations_private_picture_is_shown_to_nobody(town: Town) -> None:
    picture = Image.objects.create(
        title="合同扫描件", file=get_test_image_file(), owner_organisation_id=town.school.pk, description="扫描件"
    )
    chosen = {"image": picture.pk, "alt_text": "扫描件", "decorative": False}
    body = json.dumps([{"type": "image", "value": {"picture": chosen, "caption": "", "source": ""}}])

    with pytest.raises(ValidationError, match="《合同扫描件》"):
        shown(town, body=body)
