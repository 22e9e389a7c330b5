"""What Valhalla answers, and what it should not."""

from __future__ import annotations

from typing import Any

import pytest

from cms.routing.planner import PlannerAwayError
from cms.routing.valhalla import line_of, read_route


def answer(**changes: Any) -> dict[str, Any]:
    manoeuvres = [
        {"type": 1, "street_names": ["中山路"], "length": 0.867, "begin_shape_index": 0, "end_shape_index": 1},
        {"type": 15, "street_names": ["人民路"], "length": 1.112, "begin_shape_index": 1, "end_shape_index": 2},
        {"type": 5, "length": 0, "begin_shape_index": 2, "end_shape_index": 2},
    ]
    leg = {"shape": written([(121.6, 38.9), (121.61, 38.9), (121.61, 38.91)]), "maneuvers": manoeuvres, **changes}
    return {"trip": {"legs": [leg], "summary": {"length": 1.979, "time": 1_420.5}}}


def written(points: list[tuple[float, float]]) -> str:
    """Write a line as the engine does (Google's algorithm, six digits)."""
    out, before = "", [0, 0]
    for longitude, latitude in points:
        for axis, degrees in enumerate((latitude, longitude)):
            value = round(degrees * 1e6)
            step, before[axis] = value - before[axis], value
            bits = ~(step << 1) if step < 0 else step << 1
            while bits >= 0x20:
                out += chr((0x20 | bits & 0x1F) + 63)
                bits >>= 5
            out += chr(bits + 63)
    return out


def test_a_route_is_read_with_its_steps_and_its_line():
    route = read_route(answer())

    assert (route.metres, route.seconds) == (1_979, 1_420.5)
    assert [step.text for step in route.steps] == ["沿中山路向东出发", "左转进入人民路", "到达目的地，在右侧"]
    assert [step.metres for step in route.steps] == [867, 1_112, 0]
    assert route.line == ((121.6, 38.9), (121.61, 38.9), (121.61, 38.91))


def test_a_line_goes_back_as_well():
    points = [(121.6, 38.9), (121.599999, 38.899999), (-0.000001, 0)]

    assert list(line_of(written(points))) == points


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        {},
        {"trip": None},
        {"trip": {"legs": [], "summary": {"length": 1, "time": 1}}},
        {"trip": {"legs": [{}], "summary": {}}},
        answer(shape="\x00"),
        answer(shape="_"),
        answer(shape=7),
        answer(maneuvers=[{"type": "left"}]),
        answer(maneuvers="left"),
    ],
)
def test_an_odd_answer_is_no_answer(odd):
    with pytest.raises(PlannerAwayError):
        read_route(odd)


def test_a_street_whose_name_is_no_text_is_left_out():
    odd = {"type": 15, "street_names": [{"a": 1}], "length": 1, "begin_shape_index": 9, "end_shape_index": -1}

    assert read_route(answer(maneuvers=[odd])).steps[0].text == "左转"
