"""The way as a real Valhalla tells it, from the page's address to the words on it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from cms.routing import asking
from cms.routing.planner import Mode
from rules.coordinates import Position
from tests.pages.seen import Seen
from tests.routing.extract import corner
from tests.server.valhalla import valhalla
from tests.service_map.conftest import put
from tests.town import Town

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Valhalla for the tests of this module."""
    with valhalla(tmp_path_factory.mktemp("v")) as found:
        yield found


@pytest.fixture
def engine(address: str, settings) -> str:
    """Let the site ask it."""
    settings.ROUTE_ENGINE_URL, settings.GUARDED_HTTP_ALLOWED = address, [urlsplit(address).netloc]
    return address


def test_the_page_tells_the_way_in_chinese(town: Town, engine: str):
    put(town.school, "121.6121", "38.9155")

    seen = Seen("/map/route/", to=town.school.roster.code, **{"from": "121.6005,38.9001"})

    assert [step["text"] for step in seen.context["steps"]] == [
        "沿中山路向东出发",
        "左转进入四德街",
        "到达目的地，在右侧",
    ]
    assert "步行 2.7 公里" in seen.main
    assert "大约 32 分钟" in seen.main
    assert seen.response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("mode", list(Mode))
def test_every_way_of_going_has_a_route(engine: str, mode: Mode):
    found = asking.ask(Position(*corner(0, 0)), Position(*corner(4, 3)), mode).route

    assert found is not None
    # Four blocks east of 347 metres, three north of 445.
    assert found.metres == pytest.approx(2_724, rel=0.02)
    assert found.line[0] == pytest.approx(corner(0, 0), abs=1e-4)
    assert found.line[-1] == pytest.approx(corner(4, 3), abs=1e-4)


def test_where_no_street_is_there_is_no_way(engine: str):
    assert asking.ask(Position(*corner(0, 0)), Position(120.0, 37.0), Mode.DRIVING).no_way
