"""The page that tells the way: with an engine, without one, and with one that is silent."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client

from cms.routing import asking
from pages.models import ServiceOutlet
from tests.pages.seen import Seen
from tests.service_map.conftest import add_outlet, placed, put
from tests.town import Town

from .test_valhalla import answer

__all__ = ["placed"]

pytestmark = pytest.mark.usefixtures("clock")


class Engine(BaseHTTPRequestHandler):
    """Answers as Valhalla does; counts who asks."""

    reply: tuple[int, Any] = (200, answer())
    asked: list[Any] = []

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status, body = self.reply
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def engine(settings: Any) -> Iterator[type[Engine]]:
    """Run an engine on this machine, and let the site ask it."""
    Engine.reply, Engine.asked = (200, answer()), []
    running = HTTPServer(("127.0.0.1", 0), Engine)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    place = f"127.0.0.1:{running.server_port}"
    settings.ROUTE_ENGINE_URL, settings.GUARDED_HTTP_ALLOWED = f"http://{place}", [place]
    yield Engine
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def silent(settings: Any) -> None:
    """Name an engine at a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    settings.ROUTE_ENGINE_URL, settings.GUARDED_HTTP_ALLOWED = f"http://{place}", [place]


def way(town: Town, **query: str) -> Seen:
    return Seen("/map/route/", to=town.school.roster.code, **{"from": "示例自来水公司", **query})


def test_without_an_engine_the_distance_is_told_and_a_link_out(placed: Town):
    seen = way(placed)

    assert "直线距离 4.1 公里" in seen.main
    assert "目的地在示例自来水公司的东北方向" in seen.main
    assert "本站没有路线服务" in seen.main
    link = seen.links[["在外部地图上看路线", "点开后，起点和终点会交给外部地图。"][0]]
    # GCJ-02: some hundred metres beside the position of WGS-84.
    assert link.startswith("https://uri.amap.com/navigation?from=121.60")
    assert "to=121.64,38.92" not in link
    assert "mode=walk" in link


def test_the_steps_are_told_in_chinese_and_the_line_is_drawn(placed: Town, engine: type[Engine]):
    seen = way(placed, mode="driving")

    assert "驾车 2 公里" in seen.main
    assert "大约 24 分钟" in seen.main
    assert [step["text"] for step in seen.context["steps"]] == [
        "沿中山路向东出发",
        "左转进入人民路",
        "到达目的地，在右侧",
    ]
    assert seen.context["line"][0] == [121.6, 38.9]
    assert engine.asked[0]["costing"] == "auto"
    assert engine.asked[0]["locations"] == [{"lon": 121.6, "lat": 38.9}, {"lon": 121.64, "lat": 38.92}]


def test_the_same_way_is_asked_for_once(placed: Town, engine: type[Engine]):
    way(placed)
    way(placed)

    assert len(engine.asked) == 1


def test_no_way_is_told_as_that_and_harms_nobody(placed: Town, engine: type[Engine]):
    engine.reply = (400, {"error_code": 442, "error": "No path could be found for input"})

    seen = way(placed)

    assert "没有找到步行的路线" in seen.main
    assert asking.resting() is None


@pytest.mark.parametrize(
    "reply", [(500, b"oops"), (200, b"{}"), (200, b"\xff\xfe"), (400, {"error_code": 101}), (200, b"[" * 100_000)]
)
def test_an_odd_answer_leaves_the_distance(placed: Town, engine: type[Engine], reply):
    engine.reply = reply

    seen = way(placed)

    assert seen.status == 200
    assert "路线服务没有应答" in seen.main
    assert "直线距离 4.1 公里" in seen.main


def test_a_silent_engine_is_left_alone_after_three_failures(placed: Town, silent: None):
    for mode in ("walking", "cycling"):
        assert "请稍后再试" in way(placed, mode=mode).main

    assert "路线服务自 09:30 起没有应答" in way(placed, mode="driving").main
    assert asking.resting() is not None


def test_the_engine_is_not_asked_while_it_is_left_alone(placed: Town, engine: type[Engine]):
    engine.reply = (500, b"")
    for mode in ("walking", "cycling", "driving"):
        way(placed, mode=mode)
    engine.reply = (200, answer())

    assert "09:30" in way(placed).main
    assert len(engine.asked) == 3


def test_an_outlet_is_a_goal_of_its_own(placed: Town):
    outlet = ServiceOutlet.objects.get(name="示例营业厅一")
    address = {row["title"]: row["route"] for row in Seen("/map/", near="示例小学").context["rows"]}[outlet.name]

    seen = Seen(address)

    assert "怎么去示例营业厅一" in seen.main
    assert "直线距离 870 米" in seen.main


def test_a_goal_without_position_is_reached_by_its_address(placed: Town):
    outlet = add_outlet(placed.water, "示例营业厅三", None, None)
    key = f"{placed.water.roster.code}~{str(outlet.translation_key)[:8]}"

    seen = Seen("/map/route/", to=key, **{"from": "示例小学"})

    assert "还没有登记位置，只能按地址前往" in seen.main


@pytest.mark.parametrize("to", ["no-such", "~", "a~b", "x" * 500, "'"])
def test_a_goal_that_is_not_is_told(placed: Town, to):
    seen = Seen("/map/route/", to=to)

    assert seen.status == 404
    assert "没有找到要去的地方" in seen.main


def test_a_goal_that_has_left_the_public_is_none(placed: Town):
    placed.school.unpublish()

    assert way(placed).status == 404


@pytest.mark.parametrize(("origin", "status"), [("2.35,48.85", 400), ("1,2,3", 400), ("子虚乌有街", 404)])
def test_an_odd_start_is_refused_and_the_form_stays(placed: Town, origin, status):
    seen = way(placed, **{"from": origin})

    assert seen.status == status
    assert f'value="{origin}"' in seen.html
    assert "怎么去示例小学" in seen.main


def test_without_a_goal_it_leads_to_the_map(placed: Town):
    seen = Seen("/map/route/")

    assert seen.status == 200
    assert seen.links["到服务地图上选一个地方"] == "/map/"


def test_where_somebody_may_stand_is_kept_by_no_cache(placed: Town):
    client = Client(SERVER_NAME="localhost")
    query = {"to": placed.school.roster.code}

    assert client.get("/map/route/", {**query, "from": "121.6,38.9"})["Cache-Control"] == "no-store"
    assert client.get("/map/route/", {**query, "from": "示例街道"})["Cache-Control"] == "public, no-cache"


def test_a_way_of_going_that_nobody_offers_is_on_foot(placed: Town):
    put(placed.school, "121.61", "38.90")

    assert way(placed, mode="flying").context["mode"] == "步行"
