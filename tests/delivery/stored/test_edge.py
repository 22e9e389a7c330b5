"""The edge: a real nginx sends the files, and never one that is no longer true."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer

from accounts.withdrawable import Leaving, WithdrawalKind
from cms.delivery.stored import settling
from snippets.models import PortalSettings
from tests.factories import make_disclosure
from tests.server.nginx import nginx
from tests.town import Town, build_town

from .acts import publish

# What differs from connection to connection, and the validators: nginx makes its own.
OWN = {"date", "server", "connection", "content-length", "etag", "last-modified", "accept-ranges", "vary", "keep-alive"}


@dataclass
class Edge:
    """nginx, and the town behind it."""

    url: str
    town: Town
    price: Any
    folder: Path

    def get(self, address: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask nginx."""
        asked = Request(
            f"{self.url}{address}", headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        try:
            with urlopen(asked, timeout=30) as answer:
                return _read(answer)
        except HTTPError as error:
            with error:
                return _read(error)

    def is_sent_by_nginx(self, address: str, **headers: str) -> bool:
        """Does the answer come from a file? The application's validators are longer."""
        return "-" in self.get(address, **headers)[1].get("etag", "")

    def warm(self, address: str, **headers: str) -> None:
        """Ask until the file is written."""
        for _time in range(3):
            self.get(address, **headers)
        assert self.is_sent_by_nginx(address, **headers), address


def _read(answer: Any) -> tuple[int, dict[str, str], str]:
    found: HTTPResponse = answer
    return found.status, {name.lower(): value for name, value in found.headers.items()}, found.read().decode()


@pytest.fixture
def edge(transactional_db: None, live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[Edge]:
    """Put nginx in front of the town."""
    home, folder = tmp_path / "nginx", tmp_path / "edge"
    home.mkdir()
    with nginx(home, urlsplit(live_server.url).netloc, folder) as url:
        settings.STORED_READS, settings.BASE_URL, settings.EDGE_ROOT = True, url, str(folder)
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        town = build_town()
        price = make_disclosure(town.water, town.entries["water_price"], title="水价")
        settling.count_objects()
        yield Edge(url, town, price, folder)


@pytest.mark.django_db(transaction=True)
def test_what_lies_at_the_edge_is_what_the_application_says(edge: Edge, live_server: LiveServer) -> None:
    row = f"/api/v2/disclosures/{edge.price.pk}/"
    for address in (edge.price.url, f"/zh-hant{edge.price.url}", f"/en{edge.price.url}", row, f"/zh-hant{row}"):
        status, headers, body = edge.get(address)

        edge.warm(address)

        again, sent, same = edge.get(address)
        assert (again, same) == (status, body), address
        assert {name: sent[name] for name in sent if name not in OWN} == {
            name: headers[name] for name in headers if name not in OWN
        }, address


@pytest.mark.django_db(transaction=True)
def test_only_what_everybody_gets_is_sent_from_there(edge: Edge) -> None:
    page, row = edge.price.url, f"/api/v2/disclosures/{edge.price.pk}/"
    edge.warm(page)
    edge.warm(row)

    assert not edge.is_sent_by_nginx(f"{page}?x=1")
    assert not edge.is_sent_by_nginx(f"{row}?fields=title")
    assert not edge.is_sent_by_nginx(row, Authorization="Bearer gk_x")
    assert 'class="elder"' in edge.get(page, Cookie="mode=elder")[2]
    assert 'class="elder"' not in edge.get(page)[2]
    edge.warm(page, Cookie="mode=elder")
    assert 'class="elder"' in edge.get(page, Cookie="mode=elder")[2]
    assert edge.get("/admin/login/")[0] == 200
    assert edge.get("/.hidden/")[0] == edge.get("/../now/")[0] == 404 or edge.get("/../now/")[0] == 400


@pytest.mark.django_db(transaction=True)
def test_from_the_commit_on_nothing_old_is_sent(edge: Edge) -> None:
    page, row = edge.price.url, f"/api/v2/disclosures/{edge.price.pk}/"
    stop, old = threading.Event(), []

    def read_on() -> None:
        while not stop.is_set():
            edge.get(page)
            edge.get(row)

    readers = [threading.Thread(target=read_on) for _reader in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(5):
            publish(edge.town.water, title=f"第{number}次改名")
            old += [address for address in (page, row) if f"第{number}次改名" not in edge.get(address)[2]]
            publish(edge.price, title=f"第{number}个题目")
            old += [address for address in (page, row) if f"第{number}个题目" not in edge.get(address)[2]]
    finally:
        stop.set()
        for reader in readers:
            reader.join()

    assert old == []
    edge.warm(page)


@pytest.mark.django_db(transaction=True)
def test_what_was_withdrawn_is_gone_from_everywhere(edge: Edge) -> None:
    row = f"/api/v2/disclosures/{edge.price.pk}/"
    places = [edge.price.url, f"/zh-hant{edge.price.url}", row, f"/zh-hant{row}"]
    for address in places:
        edge.warm(address)

    edge.price.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))

    assert [edge.get(address)[0] for address in places] == [410] * 4
    assert not [path for path in edge.folder.rglob("index.*") if str(edge.price.slug) in str(path)]


@pytest.mark.django_db(transaction=True)
def test_another_frame_clears_everything_at_once(edge: Edge) -> None:
    edge.warm(edge.price.url)

    settings = PortalSettings.for_site(edge.town.portal.get_site())
    settings.site_name = "改名的网站"
    settings.save()

    assert "改名的网站" in edge.get(edge.price.url)[2]
    edge.warm(edge.price.url)
    assert "改名的网站" in edge.get(edge.price.url)[2]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_rolled_back_leaves_what_was_true(edge: Edge) -> None:
    edge.warm(edge.price.url)

    with transaction.atomic():
        publish(edge.price, title="从未公开")
        transaction.set_rollback(True)

    assert "从未公开" not in edge.get(edge.price.url)[2]
    edge.warm(edge.price.url)
