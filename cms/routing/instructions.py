"""Manoeuvres in words. Valhalla speaks 38 languages and no Chinese: its types and the names of streets suffice.

The numbers are those of `DirectionsLeg.Maneuver.Type` of Valhalla.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.service_map.wording import direction
from rules.coordinates import Position

START = frozenset({1, 2, 3})
GOAL = 4
CONTINUE = frozenset({7, 8, 22})
ROUNDABOUT, LEAVE_ROUNDABOUT = 26, 27
TURNS = {
    9: gettext_lazy("向右前方"),
    10: gettext_lazy("右转"),
    11: gettext_lazy("向右后方转弯"),
    12: gettext_lazy("从右侧掉头"),
    13: gettext_lazy("掉头"),
    14: gettext_lazy("向左后方转弯"),
    15: gettext_lazy("左转"),
    16: gettext_lazy("向左前方"),
    17: gettext_lazy("直行上匝道"),
    18: gettext_lazy("靠右上匝道"),
    19: gettext_lazy("靠左上匝道"),
    20: gettext_lazy("从右侧出口驶出"),
    21: gettext_lazy("从左侧出口驶出"),
    23: gettext_lazy("靠右"),
    24: gettext_lazy("靠左"),
    25: gettext_lazy("并入主路"),
    27: gettext_lazy("离开环岛"),
    37: gettext_lazy("向右并入主路"),
    38: gettext_lazy("向左并入主路"),
}
ALONE = {
    4: gettext_lazy("到达目的地"),
    5: gettext_lazy("到达目的地，在右侧"),
    6: gettext_lazy("到达目的地，在左侧"),
    28: gettext_lazy("上渡轮"),
    29: gettext_lazy("下渡轮"),
    39: gettext_lazy("乘电梯"),
    40: gettext_lazy("走楼梯"),
    41: gettext_lazy("乘自动扶梯"),
    42: gettext_lazy("进入建筑物"),
    43: gettext_lazy("走出建筑物"),
}


@dataclass(frozen=True)
class Manoeuvre:
    """What an engine says of one step: its type, where it leads, the exit of a roundabout, its first piece."""

    kind: int
    streets: Sequence[str] = ()
    exit: int = 0
    beginning: tuple[Position, Position] | None = None

    @property
    def street(self) -> str:
        """Return the name to tell; of several the first two."""
        return "/".join(self.streets[:2])


def told(manoeuvre: Manoeuvre) -> str:
    """Say a manoeuvre: 沿中山路向东出发, 左转进入人民路, 到达目的地，在右侧."""
    if manoeuvre.kind in ALONE:
        return str(ALONE[manoeuvre.kind])
    if manoeuvre.kind in START:
        return _started(manoeuvre)
    if manoeuvre.kind == ROUNDABOUT:
        return _through_roundabout(manoeuvre)
    street = {"street": manoeuvre.street}
    if manoeuvre.kind in TURNS:
        turn = TURNS[manoeuvre.kind]
        return _("%(turn)s进入%(street)s") % {"turn": turn, **street} if manoeuvre.street else str(turn)
    # Also whatever an engine of tomorrow may say.
    return _("沿%(street)s直行") % street if manoeuvre.street else _("直行")


def _started(manoeuvre: Manoeuvre) -> str:
    ahead = direction(*manoeuvre.beginning) if manoeuvre.beginning else ""
    words = {"street": manoeuvre.street, "direction": ahead}
    if manoeuvre.street and ahead:
        return _("沿%(street)s向%(direction)s出发") % words
    if manoeuvre.street:
        return _("沿%(street)s出发") % words
    return _("向%(direction)s出发") % words if ahead else _("出发")


def _through_roundabout(manoeuvre: Manoeuvre) -> str:
    if manoeuvre.exit:
        return _("进入环岛，从第 %(number)d 个出口出去") % {"number": manoeuvre.exit}
    return _("进入环岛")
