"""Distances and directions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rules.distance import quarter, rounded

if TYPE_CHECKING:
    from rules.coordinates import Position

KILOMETRE = 1_000
HOUR = 60
QUARTERS = (
    gettext_lazy("北"),
    gettext_lazy("东北"),
    gettext_lazy("东"),
    gettext_lazy("东南"),
    gettext_lazy("南"),
    gettext_lazy("西南"),
    gettext_lazy("西"),
    gettext_lazy("西北"),
)


def distance(metres: float) -> str:
    """Write a distance: 350 米, 1.2 公里, 120 公里."""
    value = rounded(metres)
    if value < KILOMETRE:
        return _("%(number)d 米") % {"number": value}
    return _("%(number)s 公里") % {"number": f"{value / KILOMETRE:.1f}".removesuffix(".0")}


def duration(seconds: float) -> str:
    """Write a time on the way: 不到 1 分钟, 25 分钟, 1 小时 5 分钟."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("不到 1 分钟")
    if minutes < HOUR:
        return _("%(minutes)d 分钟") % {"minutes": minutes}
    return _("%(hours)d 小时 %(minutes)d 分钟") % {"hours": minutes // HOUR, "minutes": minutes % HOUR}


def direction(origin: Position, goal: Position) -> str:
    """Name the quarter of the sky in which the goal lies."""
    return str(QUARTERS[quarter(origin, goal)])
