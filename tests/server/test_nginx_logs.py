"""What nginx writes to its logs: never an address that is itself a key to something."""

from __future__ import annotations

import logging
from pathlib import Path

from cms.private_addresses import Masked
from cms.settings import services

from .nginx import nginx
from .site import ask

SECRET = "Sx7secret"
KEYS = (
    f"/pay/{SECRET}/",
    f"/en/pay/{SECRET}/receipt/",
    f"/zh-hant/pay/{SECRET}/20261123ABC/?id=1&status=paid&signature=v1,{SECRET}",
    f"/do/water-query/{SECRET}/",
    f"/en/do/water-query/{SECRET}/?id={SECRET}",
    f"/mine/confirm/{SECRET}/",
    f"/mine/out/{SECRET}/",
    f"/admin/password_reset/confirm/Mg/{SECRET}/",
    f"/draft/{SECRET}/",
    f"/draft/{SECRET}/files/1/",
    f"/api/v2/preview/?token={SECRET}",
)
# Browsers leave them as they were typed.
OTHER_SPELLINGS = (
    f"/%70ay/{SECRET}/",
    f"//pay/{SECRET}/",
    f"/en//do/water-query/{SECRET}/",
    f"/./pay/{SECRET}/",
    f"/d%72aft/{SECRET}/",
    f"/api/v2/%70review/?token={SECRET}",
    f"/api/v2/preview?token={SECRET}",
)
OPEN = ("/pay/?item=water", "/en/do/water-query/", "/services/pay/water/", "/payments/water/", "/api/v2/preview/")


def test_an_address_that_is_a_key_is_written_without_it(tmp_path: Path) -> None:
    with nginx(tmp_path, "127.0.0.1:1", tmp_path / "edge") as url:
        for address in (*KEYS, *OPEN):
            assert ask(url + address).status == 502
            # As the pictures and styles of that page are asked for.
            ask(f"{url}/static/none.css", Referer=url + address)

    written = (tmp_path / "access.log").read_text()
    assert written.count("\n") == 2 * len(KEYS + OPEN)
    assert SECRET not in written
    assert '"GET /pay/*** HTTP/1.1" 502' in written and f'"{url}/pay/***"' in written
    assert '"GET /en/do/water-query/*** HTTP/1.1" 502' in written
    for address in OPEN:
        assert f'"GET {address} HTTP/1.1" 502' in written and f'"{url}{address}"' in written
    # Why the application did not answer is said of every other address.
    errors = (tmp_path / "error.log").read_text()
    assert "/payments/water/" in errors and SECRET not in errors


def test_it_is_so_however_the_address_is_spelled(tmp_path: Path) -> None:
    with nginx(tmp_path, "127.0.0.1:1", tmp_path / "edge") as url:
        for address in OTHER_SPELLINGS:
            assert ask(url + address).status == 502
            ask(f"{url}/static/none.css", Referer=url + address)
        for address in (f"//pay/{SECRET}/%zz", f"/%70ay/{SECRET}/%"):
            assert ask(url + address).status == 400
        ask(f"{url}/%70ayments/?about={SECRET}")

    *written, other = (tmp_path / "access.log").read_text().splitlines()
    assert len(written) == 2 * len(OTHER_SPELLINGS) + 2
    assert not [each for each in written if SECRET in each]
    assert '"GET /pay/*** HTTP/1.1" 502' in written[0]
    assert f'"GET /%70ayments/?about={SECRET} HTTP/1.1" 502' in other
    assert not [
        each
        for each in (tmp_path / "error.log").read_text().splitlines()
        if SECRET in each and "/%70ayments/" not in each
    ]


def test_the_application_writes_it_neither() -> None:
    def written(*args: object) -> str:
        line = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", args, None)
        assert Masked().filter(line)
        return line.getMessage()

    for address in KEYS:
        assert SECRET not in written("Not Found", address if "/preview/" in address else address.partition("?")[0]), (
            address
        )
    assert written("Not Found", f"//pay/{SECRET}/") == "Not Found: //pay/***"
    assert written("Service Unavailable", KEYS[0]) == "Service Unavailable: /pay/***"
    for address in OPEN:
        assert written("Not Found", address) == f"Not Found: {address}"
    assert services.LOGGING["handlers"]["console"]["filters"] == ["masked"]
    assert services.LOGGING["filters"]["masked"] == {"()": f"{Masked.__module__}.{Masked.__name__}"}
