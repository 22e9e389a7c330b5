"""The edge: a real nginx sends the files, and never one that is no longer true."""

from __future__ import annotations

import threading
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer

from accounts.withdrawable import Leaving, WithdrawalKind
from cms.delivery.stored import edge as files
from snippets.models import PortalSettings
from tests.server.site import ask

from .acts import publish
from .edges import OWN, Edge, edge

__all__ = ["edge"]


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


def test_the_time_of_a_file_follows_from_what_stands_in_it(settings: Any, tmp_path: Path) -> None:
    settings.EDGE_ROOT = str(tmp_path)

    times = []
    for body in (b"one", b"two", b"one"):
        files.write("/a/", "", "text/html", body)
        times.append((tmp_path / "now" / "standard" / "a" / "index.html").stat().st_mtime)

    assert times[0] != times[1]
    assert times[0] == times[2]


def test_an_address_too_long_for_a_disk_has_no_file_and_stops_nobody(settings: Any, tmp_path: Path) -> None:
    settings.EDGE_ROOT, address = str(tmp_path), f"/{'长' * 100}/"

    files.write(address, "", "text/html", b"one")
    files.remove([(address, "")])

    assert not files.has(address, "")


@pytest.mark.django_db(transaction=True)
def test_nginx_knows_versions_by_their_content_and_no_dates(edge: Edge) -> None:
    edge.warm(edge.price.url)
    first = edge.get(edge.price.url)[1]
    publish(edge.price, title="电价")
    edge.warm(edge.price.url)

    again = edge.get(edge.price.url, If_None_Match=first["etag"], If_Modified_Since=formatdate(usegmt=True))

    assert "last-modified" not in first
    assert (again[0], "电价" in again[2]) == (200, True)
    assert edge.get(edge.price.url, If_None_Match=again[1]["etag"])[0] == 304


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


@pytest.mark.django_db(transaction=True)
def test_while_nginx_is_away_the_application_answers_and_nothing_old_is_left(
    edge: Edge, live_server: LiveServer
) -> None:
    page, row = edge.price.url, f"/api/v2/disclosures/{edge.price.pk}/"
    edge.warm(page)
    edge.warm(row)
    edge.stop()

    publish(edge.price, title="其间改的题目")

    asked = {"Host": edge.url.removeprefix("http://")}
    assert "其间改的题目" in ask(live_server.url + page, **asked).text
    edge.start()
    assert "其间改的题目" in edge.get(page)[2]
    assert "其间改的题目" in edge.get(row)[2]
    edge.warm(page)
