"""Tianditu as a second engine: asked over HTTP of a server on this machine that answers as its documentation says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cms.routing.planner import NoWayError, PlannerAwayError
from cms.routing.tianditu import read_route
from tests.pages.seen import Seen
from tests.service_map.conftest import placed
from tests.town import Town

__all__ = ["placed"]

KEY = "示例密钥"
WAY = """<?xml version="1.0" encoding="UTF-8"?>
<result orig="121.6,38.9" mid="" dest="121.64,38.92">
<parameters><orig>121.6,38.9</orig><dest>121.64,38.92</dest><style>0</style></parameters>
<routes count="3" time="0.0">
<item id="0"><strguide>从起点出发，沿中山路行驶</strguide><turnlatlon>121.6,38.9</turnlatlon></item>
<item id="1"><strguide>左转进入人民路</strguide><turnlatlon>121.61,38.9</turnlatlon></item>
<item id="2"><strguide>到达目的地</strguide><turnlatlon>121.64,38.92</turnlatlon></item>
</routes>
<simple>
<item id="0"><strguide>沿中山路行驶867米，左转进入人民路</strguide><streetDistance>867</streetDistance></item>
<item id="1"><strguide>沿人民路行驶1112米，到达目的地</strguide><streetDistance>1112</streetDistance></item>
</simple>
<distance>1.98</distance><duration>240.5</duration>
<routelatlon>121.6,38.9;121.61,38.9;121.64,38.92;</routelatlon>
<mapinfo><center>121.62,38.91</center><scale>13</scale></mapinfo>
</result>"""
NO_WAY = '<result orig="121.6,38.9" mid="" dest="0,0"><routes count="0" time="0.0"></routes><distance/></result>'


class Service(BaseHTTPRequestHandler):
    """Answers as the service does; counts who asks."""

    reply: tuple[int, bytes] = (200, WAY.encode())
    asked: list[Any] = []

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.asked.append((url.path, {key: values[0] for key, values in parse_qs(url.query).items()}))
        self.send_response(self.reply[0])
        self.end_headers()
        self.wfile.write(self.reply[1])

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings: Any) -> Iterator[type[Service]]:
    """Run the service on this machine, and let the site ask it."""
    Service.reply, Service.asked = (200, WAY.encode()), []
    running = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    place = f"127.0.0.1:{running.server_port}"
    settings.ROUTE_ENGINE, settings.ROUTE_ENGINE_KEY = "tianditu", KEY
    settings.ROUTE_ENGINE_URL, settings.GUARDED_HTTP_ALLOWED = f"http://{place}/", [place]
    yield Service
    running.shutdown()
    running.server_close()
    thread.join()


def way(town: Town, path: str = "/map/route/", **query: str) -> Seen:
    return Seen(path, to=town.school.roster.code, **{"from": "示例自来水公司", **query})


def test_the_way_is_asked_for_as_documented_and_told(placed: Town, service: type[Service]):
    seen = way(placed)

    path, query = service.asked[0]
    assert (path, query["type"], query["tk"]) == ("/drive", "search", KEY)
    ends = {"orig": "121.600000,38.900000", "dest": "121.640000,38.920000"}
    assert json.loads(query["postStr"]) == {**ends, "style": "0"}
    assert "驾车 2 公里" in seen.main
    assert "大约 4 分钟" in seen.main
    assert [(step["text"], step["length"]) for step in seen.context["steps"]] == [
        ("沿中山路行驶867米，左转进入人民路", "870 米"),
        ("沿人民路行驶1112米，到达目的地", "1.1 公里"),
    ]
    assert seen.context["line"][-1] == [121.64, 38.92]


def test_only_what_it_can_do_is_offered(placed: Town, service: type[Service]):
    seen = way(placed, mode="walking")

    assert [value for value, _label in seen.context["form"].fields["mode"].choices] == ["driving"]
    assert seen.context["mode"] == "驾车"
    assert len(service.asked) == 1


def test_abroad_its_words_are_marked_as_chinese(placed: Town, service: type[Service]):
    assert 'lang="zh-Hans">1　沿中山路' in way(placed, "/en/map/route/").html
    assert way(placed).context["steps"][0]["lang"] == ""


def test_no_way_is_told_as_that(placed: Town, service: type[Service]):
    service.reply = (200, NO_WAY.encode())

    assert "没有找到驾车的路线" in way(placed).main


@pytest.mark.parametrize(
    "reply",
    [
        (403, '{"msg":"非法Key","resolve":"请到官网申请密钥","code":301003}'.encode()),
        (200, '{"msg":"非法Key","code":301003}'.encode()),
        (418, b""),
        (500, b"oops"),
        (200, b""),
        (200, b"\xff\xfe<"),
        (200, b"<html></html>"),
    ],
)
def test_an_odd_answer_leaves_the_distance_and_hides_the_key(placed: Town, service: type[Service], caplog, reply):
    service.reply = reply

    seen = way(placed)

    assert seen.status == 200
    assert "路线服务没有应答" in seen.main
    assert "直线距离 4.1 公里" in seen.main
    assert KEY not in seen.html + caplog.text


def changed(old: str, new: str) -> bytes:
    assert old in WAY
    return WAY.replace(old, new).encode()


@pytest.mark.parametrize(
    "body",
    [
        changed("<distance>1.98", "<distance>nan"),
        changed("<distance>1.98", "<distance>"),
        changed("<duration>240.5", "<duration>inf"),
        changed("121.61,38.9;", "121.61;"),
        changed("121.61,38.9;", "1e300,38.9;"),
        changed("121.61,38.9;", "38.9,121.61;"),
        changed("<streetDistance>867", "<streetDistance>远"),
        changed("121.6,38.9;121.61,38.9;121.64,38.92;", ""),
        changed("<result", '<!DOCTYPE r [<!ENTITY a "aaaa">]><result'),
        changed("</result>", ""),
    ],
)
def test_an_odd_answer_is_no_answer(body):
    with pytest.raises(PlannerAwayError):
        read_route(body)


def test_without_streets_the_turns_are_told():
    found = read_route(WAY.replace("simple>", "other>").encode())

    assert [step.text for step in found.steps] == ["从起点出发，沿中山路行驶", "左转进入人民路", "到达目的地"]


def test_no_routes_are_no_way():
    with pytest.raises(NoWayError):
        read_route(NO_WAY.encode())
