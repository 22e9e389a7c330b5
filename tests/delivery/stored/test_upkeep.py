"""What the worker stores ahead of the readers, and what it forgets."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.api.public import PublicView
from cms.delivery.models import StoredRead
from cms.delivery.stored import upkeep

from .acts import Kept


def test_what_a_stranger_may_read_no_more_is_forgotten(told: Kept) -> None:
    for _time in range(2):
        Client().get(told.spare.url)
    PageViewRestriction.objects.create(page=told.town.school, restriction_type=PageViewRestriction.LOGIN)

    upkeep.store_again(1_000)

    assert not StoredRead.objects.filter(address=told.spare.url).exists()


def test_a_failure_of_the_moment_forgets_nothing(told: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = StoredRead.objects.filter(address__startswith="/api/v2/disclosures/")
    before = rows.update(is_fresh=False)

    def fail(self: PublicView, *args: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(PublicView, "pages", fail)
        assert upkeep.store_again(1_000) == 0

    assert (before > 0, rows.count()) == (True, before)


def test_what_answers_but_is_never_kept_holds_nothing_up(told: Kept) -> None:
    row = StoredRead.objects.filter(address__startswith="/api/v2/disclosures/").first()
    assert row is not None
    StoredRead.objects.exclude(pk=row.pk).delete()
    StoredRead.objects.filter(pk=row.pk).update(is_fresh=False)
    for place, address in enumerate(("/robots.txt", "/sitemap.xml", "/site-map/")):
        StoredRead.objects.create(pk=place + 1 - row.pk, address=address)

    for _time in range(2):
        upkeep.store_again(3)

    assert StoredRead.objects.get(pk=row.pk).is_fresh
    assert StoredRead.objects.filter(is_fresh=False).count() == 3
