"""Districts and streets of the city: GB/T 2260 codes (6 digits) and township codes (9 digits)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .face import City
from .fields import Fields, Keys
from .source import Source

DISTRICT_KINDS = ("district", "county", "county-level city", "banner", "special district", "functional area")
STREET_KINDS = ("subdistrict", "town", "township", "other")


@dataclass(frozen=True, slots=True)
class Street:
    """A street, town or township (乡级)."""

    code: str
    name: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class District:
    """A district, county or county-level city (县级), with its streets."""

    code: str
    name: str
    name_en: str
    kind: str
    streets: tuple[Street, ...]
    line: int


def read_divisions(source: Source, city: City) -> tuple[District, ...]:
    """Read the districts of the city, in the file's order."""
    document = source.document(city.files["divisions"])
    if document is None:
        return ()
    stated = document.object("city")
    code = stated.text("code") if stated else ""
    if stated and code and code != city.division_code:
        codes = {"code": code, "expected": city.division_code}
        stated.fail(_("城市代码“%(code)s”与 city.toml 的“%(expected)s”不一致。") % codes)
    keys = Keys(_("区划代码"))
    return tuple(_district(fields, city.division_code[:4], keys) for fields in document.objects("districts"))


def _district(fields: Fields, prefix: str, keys: Keys) -> District:
    code = _division_code(fields, 6, prefix, keys)
    return District(
        code=code,
        name=fields.required("zh", 100),
        name_en=fields.text("en", 100),
        kind=fields.code("type", DISTRICT_KINDS),
        streets=tuple(_street(child, code, keys) for child in fields.objects("streets", optional=True)),
        line=fields.place.line,
    )


def _street(fields: Fields, district: str, keys: Keys) -> Street:
    return Street(
        code=_division_code(fields, 9, district, keys),
        name=fields.required("zh", 100),
        kind=fields.code("kind", STREET_KINDS),
        line=fields.place.line,
    )


def _division_code(fields: Fields, digits: int, above: str, keys: Keys) -> str:
    code = fields.required("code")
    if code and not (code.isascii() and code.isdigit() and len(code) == digits and code.startswith(above)):
        rule = {"code": code, "digits": digits, "above": above}
        fields.fail(_("区划代码“%(code)s”应为 %(digits)d 位数字，并以“%(above)s”开头。") % rule)
    elif code:
        keys.claim(code, fields)
    return code
