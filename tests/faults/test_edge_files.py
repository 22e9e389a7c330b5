"""The folder of the edge: a disk that is full or not ours, and what is cut off between a file and its commit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cms.delivery.models import StoredRead
from cms.delivery.stored import edge
from tests.delivery.stored.acts import publish
from tests.factories import make_disclosure
from tests.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def price(town: Town, stored: Any, tmp_path: Path) -> Any:
    """Return a disclosure whose answers are put at the edge."""
    stored.EDGE_ROOT = str(tmp_path / "edge")
    return make_disclosure(town.water, town.entries["water_price"], title="水价")


def files_of(price: Any, root: str) -> list[Path]:
    return [each for each in Path(root).rglob("*") if each.is_file() and price.slug in str(each)]


def warm(address: str) -> None:
    for _time in range(2):
        assert Client().get(address).status_code == 200


def test_an_answer_is_stored_though_the_edge_takes_nothing(price: Any, stored: Any) -> None:
    Path(stored.EDGE_ROOT).write_text("no folder")

    warm(price.url)
    warm(price.url)

    assert StoredRead.objects.get(address=price.url).is_fresh


def test_nothing_is_changed_that_the_edge_would_go_on_telling(price: Any, stored: Any) -> None:
    warm(price.url)
    (file,) = files_of(price, stored.EDGE_ROOT)
    file.unlink()
    # What cannot be removed.
    file.mkdir()

    with pytest.raises(OSError):
        publish(price, title="另一个题目")

    assert "另一个题目" not in Client().get(price.url).content.decode()
    price.refresh_from_db()
    assert price.title == "水价"


def test_a_file_goes_when_its_transaction_is_cut_off(price: Any, stored: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection that could be cut")
    Client().get(price.url)
    monkeypatch.setattr(edge, "write", cutting(edge.write))

    answer = Client().get(price.url)

    assert answer.status_code == 200
    assert files_of(price, stored.EDGE_ROOT) == []


def cutting(write: Callable[..., None]) -> Callable[..., None]:
    """Let PostgreSQL end our connection as soon as the file is written: before the commit."""

    def write_and_cut(*args: Any) -> None:
        write(*args)
        assert Path(edge._folder(*args[:2]), "index.html").is_file()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        other.close()

    return write_and_cut
