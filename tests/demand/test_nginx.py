"""Each request is counted once: by nginx where it sends a file, by the application where it answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.delivery.stored.edges import Edge, edge

from .acts import BROWSER, folder, lines, numbers

__all__ = ["edge", "folder"]


@pytest.mark.django_db(transaction=True)
def test_who_answers_counts(edge: Edge, folder: Any, settings: Any) -> None:
    settings.DEMAND_LOGS, log = [str(edge.home / "demand.log")], edge.home / "demand.log"
    address, row = edge.price.url, f"/api/v2/disclosures/{edge.price.pk}/"
    for each in (address, f"/zh-hant{address}", row):
        edge.warm(each)
    # nginx writes a line when it has answered, and before it answers the next: one that is not counted.
    edge.get(address, User_Agent="Baiduspider")
    assert not [line for line in log.read_text().splitlines() if " web " in line]
    log.write_text("")
    for path in folder.glob("*"):
        path.unlink()

    etag = edge.get(address, User_Agent=BROWSER)[1]["etag"]
    assert edge.get(address, User_Agent=BROWSER, If_None_Match=etag)[0] == 304
    edge.get(f"/zh-hant{address}", User_Agent=BROWSER)
    edge.get(row, User_Agent="python-requests/2")
    for declined in (
        {"User_Agent": "Baiduspider"},
        {"User_Agent": BROWSER, "DNT": "1"},
        {"User_Agent": BROWSER, "Sec_GPC": "1"},
        {"User_Agent": BROWSER, "DNT": "0", "Sec_GPC": "1"},
        {"User_Agent": BROWSER, "Sec_Purpose": "prefetch"},
        {"User_Agent": BROWSER, "Purpose": "prefetch"},
        {"User_Agent": BROWSER, "Cookie": "sessionid=x"},
    ):
        edge.get(address, **declined)

    assert not folder.exists() or not lines(folder)
    found = log.read_text()
    assert len(found.splitlines()) == 4
    assert "127.0.0.1" not in found
    # With parameters the application answers.
    edge.get(f"{address}?from=elsewhere", User_Agent=BROWSER)
    assert len(lines(folder)) == 1
    assert numbers() == {("web", "page", edge.price.pk): 4, ("api", "page", edge.price.pk): 1}
    assert numbers() == {("web", "page", edge.price.pk): 4, ("api", "page", edge.price.pk): 1}
