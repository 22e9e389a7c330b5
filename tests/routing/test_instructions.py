"""Manoeuvres in Chinese words."""

from __future__ import annotations

import pytest

from cms.routing.instructions import Manoeuvre, told
from rules.coordinates import Position

EASTWARDS = (Position(121.60, 38.9), Position(121.61, 38.9))


@pytest.mark.parametrize(
    ("manoeuvre", "expected"),
    [
        (Manoeuvre(1, ["中山路"], beginning=EASTWARDS), "沿中山路向东出发"),
        (Manoeuvre(2, ["中山路"]), "沿中山路出发"),
        (Manoeuvre(1, beginning=EASTWARDS), "向东出发"),
        (Manoeuvre(1), "出发"),
        (Manoeuvre(15, ["中山路"]), "左转进入中山路"),
        (Manoeuvre(10, ["人民路", "友好路", "天津街"]), "右转进入人民路/友好路"),
        (Manoeuvre(10), "右转"),
        (Manoeuvre(16, ["五四路"]), "向左前方进入五四路"),
        (Manoeuvre(8, ["五四路"]), "沿五四路直行"),
        (Manoeuvre(8), "直行"),
        (Manoeuvre(26, exit=2), "进入环岛，从第 2 个出口出去"),
        (Manoeuvre(26), "进入环岛"),
        (Manoeuvre(27, ["中山路"]), "离开环岛进入中山路"),
        (Manoeuvre(4), "到达目的地"),
        (Manoeuvre(5), "到达目的地，在右侧"),
        (Manoeuvre(40), "走楼梯"),
        (Manoeuvre(999, ["中山路"]), "沿中山路直行"),
    ],
)
def test_a_manoeuvre_is_told_in_chinese(manoeuvre, expected):
    assert told(manoeuvre) == expected
