"""Institutions, and the villages and communities with the streets above them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rules.coordinates import Position, datum_of, to_wgs84
from rules.credit_code import CreditCodeError, check_credit_code, normalise_credit_code
from rules.divisions import codes_in, comprises, odd_parts

from .divisions import District
from .face import City
from .fields import Fields, Keys
from .industries import IndustryRow
from .source import Source

UNIT_COLUMNS = (
    "row_id",
    "name",
    "industry",
    "sub_industry",
    "district_code",
    "level",
    "competent_dept",
    "address",
    "lat",
    "lng",
    "coord_sys",
    "note",
)
GRASSROOTS_COLUMNS = ("official_code", "name", "kind", "street_code", "district_code")
# So many parts that are no codes are repeated.
SHOWN = 5
LEVELS = ("city", "district", "province")
STREET_PREFIX = "township:"
VILLAGE_BRANCHES = {"village-committee": "village-committee", "residents-committee": "residents-committee"}
GRASSROOTS_KINDS = (
    *VILLAGE_BRANCHES,
    "other",
    *(f"{STREET_PREFIX}{kind}" for kind in ("subdistrict", "town", "township", "other")),
)
# Marks in `note`, in either language. A military unit has no place on a public site.
MILITARY = re.compile(r"military|军事|军队|部队", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One institution. `industry` is the code of its branch, or of its industry where no branch is given."""

    row_id: str
    name: str
    name_en: str
    short_name: str
    industry: str
    district_code: str
    level: str
    competent_department: str
    credit_code: str
    address: str
    position: Position | None
    website: str
    service_divisions: str
    note: str
    line: int

    @property
    def is_held_back(self) -> bool:
        """Is this a military unit, marked for exclusion?"""
        return bool(MILITARY.search(self.note))


@dataclass(frozen=True, slots=True)
class GrassrootsRow:
    """A street (its `street_code` is its own), or a village or community under one."""

    official_code: str
    name: str
    kind: str
    street_code: str
    district_code: str
    line: int

    @property
    def is_street(self) -> bool:
        """Is this a street, town or township?"""
        return self.kind.startswith(STREET_PREFIX)

    @property
    def industry(self) -> str:
        """Return the branch of a village or community.

        Statistical codes (统计用城乡划分代码) say what "other" resembles: third segment 400–499 a residents'
        committee, 500–599 a village committee.
        """
        if self.kind in VILLAGE_BRANCHES:
            return VILLAGE_BRANCHES[self.kind]
        return "village-committee" if self.official_code[9:10] == "5" else "residents-committee"


def read_units(
    source: Source, city: City, districts: tuple[District, ...], industries: tuple[IndustryRow, ...]
) -> tuple[UnitRow, ...]:
    """Read the institutions, in the file's order."""
    if "units" not in city.files:
        return ()
    codes = {district.code for district in districts}
    branches = {row.code: row.parent for row in industries}
    keys = Keys(_("单位编号"))
    table = source.table(city.files["units"], UNIT_COLUMNS)
    return tuple(_unit(fields, city.division_code, codes, branches, keys) for fields in table)


def read_grassroots(
    source: Source, city: City, districts: tuple[District, ...], industries: tuple[IndustryRow, ...]
) -> tuple[GrassrootsRow, ...]:
    """Read streets, villages and communities, in the file's order."""
    if "grassroots_units" not in city.files:
        return ()
    streets = {street.code: district.code for district in districts for street in district.streets}
    # Where districts were read but no street among them, every street code is unknown.
    streets = streets or {district.code: "" for district in districts}
    branches = {row.code for row in industries}
    keys = Keys(_("统计用区划代码"))
    table = source.table(city.files["grassroots_units"], GRASSROOTS_COLUMNS)
    return tuple(_grassroots(fields, streets, branches, keys) for fields in table)


def _unit(fields: Fields, city: str, districts: set[str], branches: Mapping[str, str], keys: Keys) -> UnitRow:
    row_id = fields.required("row_id", 64)
    if row_id:
        keys.claim(row_id, fields)
    return UnitRow(
        row_id=row_id,
        name=fields.required("name", 100),
        name_en=fields.text("name_en", 150),
        short_name=fields.text("short_name", 50),
        industry=_industry(fields, branches),
        district_code=fields.code("district_code", districts, optional=True),
        level=fields.code("level", LEVELS),
        competent_department=fields.text("competent_dept", 200),
        credit_code=_credit_code(fields),
        address=fields.text("address"),
        position=_position(fields),
        website=fields.link("website"),
        service_divisions=_service_divisions(fields, city),
        note=fields.text("note", 500),
        line=fields.place.line,
    )


def _industry(fields: Fields, branches: Mapping[str, str]) -> str:
    sector = fields.code("industry", branches)
    branch = fields.code("sub_industry", branches, optional=True)
    if fields.ok and branch and branches.get(branch, sector) != sector:
        codes = {"branch": branch, "sector": sector}
        fields.fail(_("二级行业“%(branch)s”不属于行业“%(sector)s”。") % codes)
    return branch or sector


def _position(fields: Fields) -> Position | None:
    """Return the position in WGS-84, whatever datum the row writes it in."""
    longitude, latitude = fields.number("lng"), fields.number("lat")
    if longitude is None and latitude is None:
        return None
    if longitude is None or latitude is None:
        fields.fail(_("“lng”和“lat”要么都填数字，要么都不填。"))
        return None
    try:
        return to_wgs84(longitude, latitude, datum_of(fields.text("coord_sys")))
    except ValueError as error:
        fields.fail(str(error))
        return None


def _service_divisions(fields: Fields, city: str) -> str:
    """Return the codes of the divisions that the unit serves, parted by semicolons."""
    written = fields.text("service_divisions", 500)
    codes, odd = codes_in(written), odd_parts(written)
    if odd := odd or [code for code in codes if city and not comprises(city, code)]:
        parts = {"parts": "、".join(odd[:SHOWN])}
        fields.fail(_("“service_divisions”里的“%(parts)s”不是本市的区划代码（6、9 或 12 位，用分号隔开）。") % parts)
    return "；".join(dict.fromkeys(codes))


def _credit_code(fields: Fields) -> str:
    code = normalise_credit_code(fields.text("credit_code", 40))
    try:
        if code:
            check_credit_code(code)
    except CreditCodeError as error:
        fields.fail(str(error))
    return code


def _grassroots(fields: Fields, streets: Mapping[str, str], branches: set[str], keys: Keys) -> GrassrootsRow:
    row = GrassrootsRow(
        official_code=fields.required("official_code", 12),
        name=fields.required("name", 100),
        kind=fields.code("kind", GRASSROOTS_KINDS),
        street_code=fields.code("street_code", streets),
        district_code=fields.required("district_code"),
        line=fields.place.line,
    )
    if row.official_code:
        keys.claim(row.official_code, fields)
    if fields.ok:
        _check_chain(row, fields, streets)
    if fields.ok and not row.is_street and branches and row.industry not in branches:
        fields.fail(_("行业表里没有村（居）用的代码“%(code)s”。") % {"code": row.industry})
    return row


def _check_chain(row: GrassrootsRow, fields: Fields, streets: Mapping[str, str]) -> None:
    if streets.get(row.street_code, row.district_code) != row.district_code:
        codes = {"street": row.street_code, "district": row.district_code}
        fields.fail(_("街道“%(street)s”不属于“%(district)s”。") % codes)
    if row.is_street and row.official_code != row.street_code:
        fields.fail(_("街道（乡镇）一行的“official_code”与“street_code”应当相同。"))
    elif not row.official_code.startswith(row.street_code):
        fields.fail(_("“official_code”应以街道代码“%(street)s”开头。") % {"street": row.street_code})
