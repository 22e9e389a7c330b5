"""Whoever reads for the first time while something changes leaves nothing old behind."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from cms.delivery.models import StoredRead
from cms.delivery.stored import settling
from tests.factories import make_disclosure
from tests.town import build_town

from .acts import publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer: nobody keeps what he reads"),
]


def read_elsewhere(*addresses: str) -> None:
    """Read each address three times, by another connection."""

    def read() -> None:
        try:
            for address in addresses * 3:
                Client().get(address)
        finally:
            connections.close_all()

    reader = Thread(target=read)
    reader.start()
    reader.join()


def test_what_is_read_first_while_its_unit_is_renamed_is_not_kept(stored: Any) -> None:
    town = build_town()
    price = make_disclosure(town.water, town.entries["water_price"], title="水价")
    settling.count_objects()
    addresses = [price.url, f"/api/v2/disclosures/{price.pk}/"]

    with transaction.atomic():
        publish(town.water, title="改名的公司")
        read_elsewhere(*addresses)

    assert [address for address in addresses if "改名的公司" not in Client().get(address).content.decode()] == []
    read_elsewhere(*addresses)
    assert StoredRead.objects.filter(address__in=addresses, is_fresh=True).count() == 2
