"""Processes that are killed in the midst of something: nothing is lost, nothing old stays, nothing overtakes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from cms.delivery.models import Era, PublicChange, PublicObject, StoredRead
from cms.delivery.stored import settling
from cms.webhooks.sending import CLAIM, send_due
from ledger.models import DeliveryState, WebhookDelivery
from tests.delivery.stored.acts import Kept, filled, publish
from tests.delivery.stored.edges import Edge, edge
from tests.server.cluster import here
from tests.server.site import House, until
from tests.town import Town, build_town
from tests.webhooks.acts import deliver, follow, queue
from tests.webhooks.receiver import Receiver, keep_silent, receiving

__all__ = ["edge"]
pytestmark = pytest.mark.django_db(transaction=True)
PUBLISH = """
import os, signal
from django.db import transaction
from wagtail.models import Page
page = Page.objects.get(pk=values["page"]).specific
page.title = "另一个题目"
with transaction.atomic():
    page.save_revision().publish(skip_permission_checks=True)
    if values["before"]:
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> House:
    """Return where processes of ours work on the test's own database."""
    settings.BASE_URL, settings.STORED_READS = "http://testserver", True
    return House(tmp_path, here(), more={"BASE_URL": "http://testserver", "ALLOWED_HOSTS": "testserver"})


@pytest.mark.parametrize("before", [False, True])
def test_whoever_publishes_is_killed_before_or_after_the_commit(edge: Edge, tmp_path: Path, before: bool) -> None:
    addresses = [edge.price.url, f"/api/v2/disclosures/{edge.price.pk}/", f"/zh-hant{edge.price.url}"]
    for address in addresses:
        edge.warm(address)
    house = House(tmp_path, here(), more={"BASE_URL": edge.url, "EDGE_ROOT": str(edge.folder)})

    killed = house.run(PUBLISH, page=edge.price.pk, before=before)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert ["另一个题目" in edge.get(address)[2] for address in addresses[:2]] == [not before] * 2
    for address in addresses:
        edge.warm(address)
        assert edge.get(address)[0] == 200


def test_the_settler_is_killed(town: Town, house: House) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets nobody begin while another writes")
    kept: Kept = filled(town)
    kept.store()
    publish(kept.price, title="另一个题目")
    publish(town.water, title="改名的公司")

    with transaction.atomic():
        Era.objects.select_for_update().get()
        process = house.start("manage.py", "settle_changes")
        until(lambda: is_held_up() or process.poll() is not None)
        assert process.poll() is None, house.said()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    assert PublicChange.objects.filter(settled_at=None).exists()
    # PostgreSQL takes a moment to notice; the worker asks every second.
    until(settling.settle)
    assert not PublicChange.objects.filter(settled_at=None).exists()
    assert not PublicObject.objects.filter(number=None).exists()
    assert kept.wrong() == []


def is_held_up() -> bool:
    """Does somebody wait for the row that we hold?"""
    with connection.cursor() as cursor:
        # The view of the activity would stay what it was when this transaction first looked.
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_whoever_stores_is_killed(town: Town, house: House, settings: Any) -> None:
    kept: Kept = filled(town)
    settings.EDGE_ROOT = house.more["EDGE_ROOT"] = str(house.folder / "edge")

    process = house.start("manage.py", "store_reads", "--all")
    until(lambda: StoredRead.objects.filter(is_fresh=True).count() > 3)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    publish(kept.price, title="其间改的题目")
    settling.settle()
    kept.store()

    assert kept.wrong() == []
    assert "其间改的题目" in file_of(house, kept.price).read_text()
    assert set(kept.all_addresses()) <= kept.fresh()


def file_of(house: House, page: Any) -> Path:
    return Path(house.more["EDGE_ROOT"], "now", "standard", page.url.strip("/"), "index.html")


@pytest.fixture
def receiver(settings: Any, house: House) -> Iterator[Receiver]:
    """Run a receiver that we may tell."""
    with receiving() as found:
        allowed = found.address.split("/")[2]
        settings.GUARDED_HTTP_ALLOWED, house.more["GUARDED_HTTP_ALLOWED"] = [allowed], allowed
        yield found


def test_the_messenger_is_killed(house: House, receiver: Receiver) -> None:
    town = build_town()
    follow(town.portal, receiver.address)
    for number in (1, 2):
        publish(town.water, title=f"第{number}次改名")
    queue()
    receiver.manner = keep_silent

    process = house.start("manage.py", "deliver_webhooks")
    until(lambda: receiver.got)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    receiver.manner = None
    publish(town.water, title="第3次改名")
    queue()
    overtaken = send_due()
    with time_machine.travel(timezone.now() + CLAIM + timedelta(seconds=1)):
        deliver()

    first, *others = receiver.got
    ids = [each.headers["webhook-id"] for each in others]
    assert (overtaken, len(ids), ids[0]) == (0, 3, first.headers["webhook-id"])
    assert [each.message["data"]["sequence"] for each in others] == sorted(
        each.message["data"]["sequence"] for each in others
    )
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {DeliveryState.DONE}
