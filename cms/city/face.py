"""The pack's face, `city.toml`: what city this is and which file holds what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rules.index_number import DEFAULT_TEMPLATE, IndexScheme

from .fields import Fields
from .problems import Place, Problems
from .source import Source

FACE = "city.toml"
LANGUAGES = ("zh-hans", "en")
NEEDED_FILES = ("divisions", "industries")
KNOWN_FILES = (
    *NEEDED_FILES,
    "catalogues",
    "units",
    "grassroots_units",
    "service_items",
    "search_words",
    "life_events",
    "boundaries",
    "stations",
    "personal_data",
)
FOLDERS = ("catalogues",)
CITY_KEYS = ("name", "name_en", "division_code", "languages", "disclosure_office", "index_number", "sample")
DIVISION_CODE = re.compile(r"\d{6}")
LINE_IN_MESSAGE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class City:
    """The city of a pack."""

    name: str
    name_en: str
    division_code: str
    languages: tuple[str, ...]
    disclosure_office: str
    index_number: str
    is_sample: bool
    files: Mapping[str, str]


def read_city(source: Source) -> City | None:
    """Read `city.toml`; None (and an error) where it is no TOML."""
    problems = source.problems
    text = source.text(FACE)
    if text is None:
        return None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = LINE_IN_MESSAGE.search(str(error))
        place = Place(FACE, int(found.group(1)) if found else 0)
        problems.error(place, _("不是合法的 TOML，请检查引号、等号和方括号。"))
        return None
    files = _files(source.folder, _table(document, "files", text, problems), text, problems)
    return _city(_table(document, "city", text, problems), files, text, problems)


def line_of(text: str, key: str) -> int:
    """Return the line of a TOML file on which a key or a table stands first; 0 where it does not."""
    found = re.search(rf"^\s*(?:\[\s*{re.escape(key)}\s*\]|{re.escape(key)}\s*=)", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def _table(document: dict[str, Any], name: str, text: str, problems: Problems) -> dict[str, Any]:
    table = document.get(name)
    if not isinstance(table, dict):
        problems.error(Place(FACE, line_of(text, name)), _("缺少 [%(name)s] 一节。") % {"name": name})
        return {}
    return table


def _city(table: dict[str, Any], files: Mapping[str, str], text: str, problems: Problems) -> City:
    fields = Fields(table, Place(FACE, line_of(text, "city")), problems)
    city = City(
        name=fields.required("name", 100),
        name_en=fields.text("name_en", 100),
        division_code=fields.required("division_code"),
        languages=_languages(table.get("languages", ["zh-hans"]), fields),
        disclosure_office=fields.required("disclosure_office", 100),
        index_number=fields.text("index_number", 100) or DEFAULT_TEMPLATE,
        is_sample=fields.flag("sample"),
        files=files,
    )
    for key in table.keys() - set(CITY_KEYS):
        known = {"key": key, "known": "、".join(CITY_KEYS)}
        fields.fail(_("[city] 里的“%(key)s”不是已知的项目（%(known)s）。") % known)
    if city.division_code and not DIVISION_CODE.fullmatch(city.division_code):
        fields.fail(_("“division_code”应为 6 位数字（GB/T 2260）。"))
    _check_index_number(city.index_number, fields)
    return city


def _languages(value: object, fields: Fields) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or value[0] != LANGUAGES[0]:
        fields.fail(_("“languages”应为列表，第一项是 zh-hans（简体中文为源语言）。"))
        return LANGUAGES[:1]
    for language in value:
        if language not in LANGUAGES:
            known = {"language": language, "known": "、".join(LANGUAGES)}
            fields.fail(_("“languages”里的“%(language)s”不是可用的语言（%(known)s）。") % known)
    return tuple(str(language) for language in value)


def _check_index_number(scheme: str, fields: Fields) -> None:
    try:
        IndexScheme(scheme)
    except ValueError as error:
        fields.fail(str(error))


def _files(folder: Path, table: dict[str, Any], text: str, problems: Problems) -> dict[str, str]:
    files: dict[str, str] = {}
    for key, value in table.items():
        place = Place(FACE, line_of(text, key))
        if key not in KNOWN_FILES:
            known = {"key": key, "known": "、".join(KNOWN_FILES)}
            problems.error(place, _("[files] 里的“%(key)s”不是已知的文件种类（%(known)s）。") % known)
        elif not isinstance(value, str) or not _is_inside(folder, value):
            problems.error(place, _("“%(key)s”应为本文件夹内的文件名。") % {"key": key})
        elif not _exists(folder / value, key):
            problems.error(place, _("“%(key)s”指的“%(value)s”不存在。") % {"key": key, "value": value})
        else:
            files[key] = value
    for key in NEEDED_FILES:
        if key not in table:
            problems.error(Place(FACE, line_of(text, "files")), _("[files] 里缺少“%(key)s”。") % {"key": key})
    return files


def _is_inside(folder: Path, value: str) -> bool:
    try:
        return bool(value) and (folder / value).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):  # a NUL, or a name longer than the file system takes
        return False


def _exists(path: Path, key: str) -> bool:
    try:
        return path.is_dir() if key in FOLDERS else path.is_file()
    except OSError:
        return False
