"""Only what a stranger is shown is kept."""

from __future__ import annotations

from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import make_person

from .acts import Kept


def kept_at(told: Kept) -> bool:
    return told.spare.url in told.fresh()


def test_what_somebody_signed_in_is_shown_is_not_kept(told: Kept) -> None:
    client = Client()
    client.force_login(make_person("boss", is_superuser=True))

    for _time in range(3):
        assert client.get(told.spare.url).status_code == 200

    assert not kept_at(told)


def test_what_stands_under_a_restriction_is_not_kept(told: Kept) -> None:
    PageViewRestriction.objects.create(page=told.town.school, restriction_type=PageViewRestriction.LOGIN)
    client = Client()
    client.force_login(make_person("boss", is_superuser=True))

    for reader in (client, Client(), Client()):
        reader.get(told.spare.url)

    assert not kept_at(told)
    assert Client().get(told.spare.url).status_code == 302


def test_what_a_stranger_is_shown_is_kept(told: Kept) -> None:
    for _time in range(2):
        Client().get(told.spare.url)

    assert kept_at(told)
