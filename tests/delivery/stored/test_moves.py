"""What goes to another organisation is new in what named it there, too."""

from __future__ import annotations

from django.test import Client

from cms.delivery.stored import settling

from .acts import Kept


def test_a_service_item_that_went_to_another_provider_is_gone_from_the_pages_of_the_former(kept: Kept) -> None:
    assert kept.item.title in Client().get(kept.price.url).content.decode()

    kept.item.provider = kept.town.school
    kept.item.save()

    assert kept.item.title not in Client().get(kept.price.url).content.decode()
    assert kept.wrong() == []
    settling.settle()
    assert kept.wrong() == []
