"""What a unit becomes: the change of its page type, and the departure of a plugin.

`sealing` knows how typed values are put aside and brought back, `traces` every table where a page's type is written
down, `change` changes one unit, `retirement` all units of a template.
"""

from .change import (
    TypeChange,
    UnlawfulChange,
    change_unit_type,
    find_unit,
    page_type_named,
    plan_change,
    unit_type_changed,
)
from .retirement import Retirement, plan_retirement, retire_industry

__all__ = [
    "Retirement",
    "TypeChange",
    "UnlawfulChange",
    "change_unit_type",
    "find_unit",
    "page_type_named",
    "plan_change",
    "plan_retirement",
    "retire_industry",
    "unit_type_changed",
]
