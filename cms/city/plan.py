"""What a pack would build: every organisation with its place in the tree, every service item. Nothing is written.

Keys are stable: a second load finds the same organisations by `row_id`, by official code, and departments by the
division they stand in and their name.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .face import FACE
from .pack import Pack
from .planned import Flag, Kind, Plan, PlannedOrganisation
from .problems import Place, Problems
from .service_plan import ServicePlan
from .superiors import Doubt, Superior, Superiors
from .units import GrassrootsRow, UnitRow

# What a unit's `note` says, in either language. Each row so marked is loaded as it is, flagged and listed.
NOTES = (
    (Flag.NAME_UNCONFIRMED, re.compile(r"check current legal name|名称待核", re.IGNORECASE)),
    (Flag.PART_OF_ANOTHER, re.compile(r"campus or sub-unit|校区|分部|分院", re.IGNORECASE)),
    (Flag.PLACE_ONLY, re.compile(r"only as a place|仅作地点", re.IGNORECASE)),
)
# A description where the name of an office should stand: "旅顺口区水务主管部门"
DESCRIBED = "主管部门"
DOUBTS = {Doubt.OUTSIDE: Flag.SUPERIOR_OUTSIDE, Doubt.UNKNOWN: Flag.SUPERIOR_UNKNOWN}


def plan(pack: Pack, problems: Problems) -> Plan:
    """Plan the tree and the services of a pack that was read without an error; add the warnings to its problems."""
    if problems.errors:
        raise ValueError("A pack with errors cannot be planned.")
    tree = _Tree(pack, problems)
    tree.plant()
    services = ServicePlan(pack, tree.organisations(), problems)
    planned = services.plan()
    return Plan(pack, tree.organisations(), planned, (*tree.held_back, *services.held_back))


class _Tree:
    """The tree while it grows: storeys apart, so that parents come before children whatever the order of rows."""

    def __init__(self, pack: Pack, problems: Problems) -> None:
        self.pack = pack
        self.city = pack.city
        self.problems = problems
        self.superiors = Superiors(pack.city, pack.districts, pack.industries)
        self.portal_key = f"portal:{self.city.division_code}"
        self.trunk: list[PlannedOrganisation] = []
        self.departments: dict[str, PlannedOrganisation] = {}
        self.leaves: list[PlannedOrganisation] = []
        self.held_back: list[Place] = []

    def organisations(self) -> tuple[PlannedOrganisation, ...]:
        """Return what has grown: portal, districts, departments and streets, units and villages."""
        return (*self.trunk, *self.departments.values(), *self.leaves)

    def plant(self) -> None:
        """Grow the whole tree."""
        self._plant_trunk()
        for unit in self.pack.units:
            place = Place(self.city.files["units"], unit.line)
            if unit.is_held_back:
                self.held_back.append(place)
                self.problems.warn(place, _("“%(name)s”备注为军队单位，不载入。") % {"name": unit.name})
            else:
                self._plant_unit(unit, place)
        for row in self.pack.grassroots:
            self._plant_grassroots(row, Place(self.city.files["grassroots_units"], row.line))

    def _plant_trunk(self) -> None:
        code = self.city.division_code
        self.trunk.append(
            PlannedOrganisation(
                self.portal_key, Kind.PORTAL, self.city.name, "", code, Place(FACE), name_en=self.city.name_en
            )
        )
        for district in self.pack.districts:
            self.trunk.append(
                PlannedOrganisation(
                    key=f"district:{district.code}",
                    kind=Kind.DISTRICT,
                    name=district.name,
                    name_en=district.name_en,
                    parent_key=self.portal_key,
                    division_code=district.code,
                    source=Place(self.city.files["divisions"], district.line),
                )
            )

    def _plant_unit(self, unit: UnitRow, place: Place) -> None:
        superior = self.superiors.of(unit)
        self._warn_of(unit, superior, place)
        parent = self._department(superior, place)
        flags = {flag for flag, mark in NOTES if mark.search(unit.note)}
        if superior.doubt:
            flags.add(DOUBTS[superior.doubt])
        elif superior.is_one_of_several:
            flags.add(Flag.SUPERIOR_CHOSEN)
        self.leaves.append(
            PlannedOrganisation(
                key=f"unit:{unit.row_id}",
                kind=Kind.UNIT,
                name=unit.name,
                name_en=unit.name_en,
                short_name=unit.short_name,
                parent_key=parent.key,
                division_code=unit.district_code or parent.division_code,
                industry=unit.industry,
                credit_code=unit.credit_code,
                address=unit.address,
                position=unit.position,
                website=unit.website,
                service_divisions=unit.service_divisions,
                flags=frozenset(flags),
                source=place,
            )
        )

    def _department(self, superior: Superior, place: Place) -> PlannedOrganisation:
        """Return the department of a superior, made when it is first met; in doubt the disclosure office."""
        name = superior.name or self.city.disclosure_office
        division = superior.district or self.city.division_code
        key = f"department:{division}:{name}"
        if key not in self.departments:
            parent = f"district:{division}" if superior.district else self.portal_key
            described = frozenset({Flag.NAME_UNCONFIRMED} if name.endswith(DESCRIBED) else ())
            self.departments[key] = PlannedOrganisation(
                key, Kind.DEPARTMENT, name, parent, division, place, flags=described
            )
            if described:
                self.problems.warn(place, _("主管部门“%(name)s”是泛称，请核实机构的正式名称。") % {"name": name})
        return self.departments[key]

    def _plant_grassroots(self, row: GrassrootsRow, place: Place) -> None:
        if row.is_street:
            key = f"street:{row.official_code}"
            parent = f"district:{row.district_code}"
            self.departments[key] = PlannedOrganisation(
                key, Kind.DEPARTMENT, row.name, parent, row.official_code, place
            )
            return
        self.leaves.append(
            PlannedOrganisation(
                key=f"village:{row.official_code}",
                kind=Kind.UNIT,
                name=row.name,
                parent_key=f"street:{row.street_code}",
                division_code=row.official_code,
                industry=row.industry,
                source=place,
            )
        )

    def _warn_of(self, unit: UnitRow, superior: Superior, place: Place) -> None:
        """Say what was decided for a row whose superior is doubtful, and what its note asks for."""
        names = {"name": unit.name, "department": unit.competent_department, "office": self.city.disclosure_office}
        if superior.doubt is Doubt.OUTSIDE:
            text = _("“%(name)s”的主管部门“%(department)s”不在本市，归“%(office)s”并标记。")
        elif superior.doubt is Doubt.UNKNOWN:
            text = _("“%(name)s”的主管部门“%(department)s”不明，归“%(office)s”并标记。")
        elif superior.is_one_of_several:
            names["department"] = superior.name
            text = _("“%(name)s”写了多个主管部门，取“%(department)s”。")
        elif bool(superior.district) != (unit.level == "district"):
            text = _("“%(name)s”的层级与主管部门“%(department)s”不符，以主管部门为准。")
        elif superior.district and unit.district_code not in ("", superior.district):
            text = _("“%(name)s”所在的区与主管部门“%(department)s”不符，以主管部门为准。")
        else:
            text = ""
        if text:
            self.problems.warn(place, text % names)
        self._warn_of_note(unit, place)

    def _warn_of_note(self, unit: UnitRow, place: Place) -> None:
        texts = {
            Flag.NAME_UNCONFIRMED: _("“%(name)s”的名称待核实，照原样载入并标记。"),
            Flag.PART_OF_ANOTHER: _("“%(name)s”是某单位的校区或分部，按独立单位载入并标记。"),
            Flag.PLACE_ONLY: _("“%(name)s”只宜作地点使用，照原样载入并标记。"),
        }
        for flag, mark in NOTES:
            if mark.search(unit.note):
                self.problems.warn(place, texts[flag] % {"name": unit.name})
