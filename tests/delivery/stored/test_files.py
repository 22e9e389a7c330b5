"""What is told of a picture or file ends with the last public page that shows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.withdrawable import Leaving, WithdrawalKind
from cms.delivery.models import PublicObject
from tests.api.showcase import build_showcase
from tests.town import Town

from .acts import publish


@pytest.fixture
def shown(town: Town, stored: Any) -> Any:
    """Fill the town, and ask for its picture and its file as often as it takes to keep an answer."""
    found = build_showcase(town)
    for address in addresses(found):
        for _time in range(3):
            assert Client().get(address).status_code == 200, address
    return found


def addresses(shown: Any) -> list[str]:
    return [f"/api/v2/images/{shown.image.pk}/", f"/api/v2/documents/{shown.document.pk}/"]


def test_nothing_is_told_of_the_files_of_a_withdrawn_page(shown: Any) -> None:
    shown.disclosure.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))

    assert [Client().get(address).status_code for address in addresses(shown)] == [404, 404]


def test_a_file_is_told_under_the_present_name_of_its_owner(shown: Any) -> None:
    publish(shown.water, title="改名的公司")

    owners = [Client().get(address).json()["owner"]["title"] for address in addresses(shown)]

    assert owners == ["改名的公司", "改名的公司"]


def test_files_are_no_objects_of_the_feed(shown: Any) -> None:
    assert not PublicObject.objects.filter(endpoint__in=["images", "documents"]).exists()
