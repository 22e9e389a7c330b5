"""Industries in two levels: education › primary schools. Each names the catalogue that rules its units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .catalogues import GENERIC, Catalogue
from .face import City
from .fields import Fields, Keys
from .source import Source

CODE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """An industry (`parent` is "") or a branch of one.

    `district_department` is a pattern with `{district}`; either department may lie outside the city or be "—".
    """

    code: str
    parent: str
    order: int
    name: str
    name_en: str
    is_statutory: bool
    city_department: str
    district_department: str
    catalogue: str
    template: str
    classification: str
    rule: str
    door: str
    summary: str
    summary_en: str
    line: int


NOTHING = IndustryRow("", "", 0, "", "", False, "", "", GENERIC, GENERIC, "", "", "", "", "", 0)


@dataclass
class _Tree:
    """What the rows of the file are checked against."""

    catalogues: Mapping[str, Catalogue]
    keys: Keys


def read_industries(source: Source, city: City, catalogues: Mapping[str, Catalogue]) -> tuple[IndustryRow, ...]:
    """Read the industries, each followed by its branches."""
    document = source.document(city.files["industries"])
    if document is None:
        return ()
    tree = _Tree(catalogues, Keys(_("行业代码")))
    rows: list[IndustryRow] = []
    for position, fields in enumerate(document.objects("industries"), start=1):
        sector = _row(fields, position, None, tree)
        children = fields.objects("children", optional=True)
        rows += [sector, *(_row(child, order, sector, tree) for order, child in enumerate(children, start=1))]
    return tuple(rows)


def _row(fields: Fields, position: int, sector: IndustryRow | None, tree: _Tree) -> IndustryRow:
    # What a branch leaves blank is that of its industry.
    inherited = sector or NOTHING
    catalogue = fields.code("catalogue_template", tree.catalogues, optional=True) or inherited.catalogue
    return IndustryRow(
        code=_code(fields, tree.keys),
        parent=sector.code if sector else "",
        order=fields.whole("order", 0, 9999) if "order" in fields.values else position,
        name=fields.required("zh", 100),
        name_en=fields.text("en", 150),
        is_statutory=fields.flag("named_in_art55"),
        city_department=fields.text("city_dept", 200) or inherited.city_department,
        district_department=fields.text("district_dept", 200) or inherited.district_department,
        catalogue=catalogue,
        template=tree.catalogues[catalogue].template if catalogue in tree.catalogues else GENERIC,
        classification=fields.text("gb4754", 16),
        rule=fields.text("national_rule", 500),
        door=fields.text("door", 1),
        summary=fields.text("summary", 100),
        summary_en=fields.text("summary_en", 150),
        line=fields.place.line,
    )


def _code(fields: Fields, keys: Keys) -> str:
    code = fields.required("slug", 64)
    if code and not CODE.fullmatch(code):
        fields.fail(_("行业代码“%(code)s”只能用英文字母、数字、连字符和下划线。") % {"code": code})
    elif code:
        keys.claim(code, fields)
    return code
