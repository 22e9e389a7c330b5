"""Who stands above an institution. DB21/T 2175.5 §2.3: each participant has exactly one superior."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .divisions import District
from .face import City
from .industries import IndustryRow
from .units import UnitRow

# Several names in one field: "辽宁省通信管理局 / 大连市邮政管理局"
SEVERAL = re.compile(r"\s*[/;；]\s*")
# What a name says at its end in brackets is a remark: "大连市数据局(原营商环境建设局)"
REMARK = re.compile(r"\s*[(（][^()（）]*[)）]$")
NOBODY = ("", "—", "－", "-", "无", "不详", "未知")
TO_BE_CHECKED = re.compile(r"待核|待定|待查")


class Doubt(StrEnum):
    """Why a unit stands under the disclosure office."""

    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Superior:
    """The department above a unit, in the city ("" as district) or in a district; or why there is none."""

    name: str = ""
    district: str = ""
    doubt: Doubt | None = None
    is_one_of_several: bool = False


class Superiors:
    """Find the one superior of each unit in its `competent_dept`."""

    def __init__(self, city: City, districts: Iterable[District], industries: Iterable[IndustryRow]) -> None:
        # The short name serves too (大连监管局), but not where it is a province's: 吉林市 lies in 吉林省.
        short = re.escape(city.name.removesuffix("市"))
        self.in_city = re.compile(rf"{re.escape(city.name)}|{short}(?!省)")
        self.districts = {district.name: district.code for district in districts}
        self.names = {code: name for name, code in self.districts.items()}
        self.industries = {row.code: row for row in industries}

    def of(self, unit: UnitRow) -> Superior:
        """Return the superior; a unit of the province, a name outside the city and no name leave a doubt."""
        names = _names(unit.competent_department)
        if unit.level == "province":
            return Superior(doubt=Doubt.OUTSIDE)
        if not names or TO_BE_CHECKED.search(unit.competent_department):
            return Superior(doubt=Doubt.UNKNOWN)
        several = len(names) > 1
        name = self._chosen(names, unit) if several else names[0]
        place = self._place(name)
        if place is None:
            return Superior(doubt=Doubt.OUTSIDE, is_one_of_several=several)
        return Superior(name, place, is_one_of_several=several)

    def _chosen(self, names: list[str], unit: UnitRow) -> str:
        """Of several names take that of the unit's branch, else the first within the city, else the first."""
        if own := next((name for name in self._of_branch(unit) if name in names), None):
            return own
        return next((name for name in names if self._place(name) is not None), names[0])

    def _of_branch(self, unit: UnitRow) -> Iterator[str]:
        branch = self.industries[unit.industry]
        if unit.level == "district" and unit.district_code in self.names:
            yield branch.district_department.replace("{district}", self.names[unit.district_code])
        yield REMARK.sub("", branch.city_department)

    def _place(self, name: str) -> str | None:
        """Return the code of the district a name names, "" for the city itself, None for anywhere else."""
        for district, code in self.districts.items():
            if district in name:
                return code
        return "" if self.in_city.search(name) else None


def _names(text: str) -> list[str]:
    parts = (REMARK.sub("", part) for part in SEVERAL.split(text.strip()))
    return [part for part in parts if part not in NOBODY]
