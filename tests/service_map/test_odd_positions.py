"""Positions that are none, wherever a page of the map takes one: a clear page in Chinese, 400, and nothing kept."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.seen import words
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")

ODD = (
    "2.35,48.85",
    "38.9,121.6",
    "0,0",
    "-121.6,-38.9",
    "999,99",
    "1e999,38.9",
    "121.6,38.9,1",
    "121.6,,38.9",
    ",",
    "-,-",
)
# So long that it is cut, and then no pair any more.
ENORMOUS = ("9" * 5_000 + ",1", "121." + "6" * 5_000 + ",38.9")
WORDS = ("nan,nan", "inf,0", "东,北", "121°36′,38°54′")


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
@pytest.mark.parametrize("page", ["/map/", "/map/embed/", "/map/points.json"])
@pytest.mark.parametrize("pair", [*ODD, *ENORMOUS, *WORDS], ids=lambda pair: pair[:20])
def test_a_map_refuses_it(placed: Town, prefix, page, pair):
    response = Client(SERVER_NAME="localhost").get(f"{prefix}{page}", {"at": pair})

    assert response.status_code == 400


@pytest.mark.parametrize("pair", ODD, ids=lambda pair: pair[:20])
def test_a_way_refuses_it_and_keeps_the_form(placed: Town, pair):
    query = {"to": placed.school.roster.code, "from": pair}

    response = Client(SERVER_NAME="localhost").get("/map/route/", query)

    assert response.status_code == 400
    text = words(response.content.decode())
    assert "怎么去示例小学" in text
    assert any(each in text for each in ("位置应写成", "不在本市范围内", "经度应在", "写反了"))


@pytest.mark.parametrize("text", [*WORDS, *ENORMOUS], ids=lambda text: text[:20])
def test_what_is_no_number_is_looked_for_as_a_name(placed: Town, text):
    query = {"to": placed.school.roster.code, "from": text}

    response = Client(SERVER_NAME="localhost").get("/map/route/", query)

    assert response.status_code == 404
    assert "没有找到" in words(response.content.decode())
