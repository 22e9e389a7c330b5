"""One record of a pack, field by field: answers of the promised type, failures reported with their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .located import Located
from .problems import Place, Problems

# NUL and lone surrogates, which JSON can write and no database keeps.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class Fields:
    """The fields of one CSV row or JSON object. `ok` turns false with the first error.

    A record with errors is read to its end like any other, so that nothing else reports what follows from them.
    """

    values: Mapping[str, Any]
    place: Place
    problems: Problems
    ok: bool = True

    def __post_init__(self) -> None:
        for key in self.values.doubled if isinstance(self.values, Located) else ():
            self.fail(_("“%(key)s”在同一对象里写了两次。") % {"key": key})

    def fail(self, reason: str) -> None:
        """Report an error of this record."""
        self.ok = False
        self.problems.error(self.place, reason)

    def text(self, name: str, limit: int = 255) -> str:
        """Return a text, or "" where there is none."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fail(_("“%(name)s”应为文字。") % {"name": name})
            return ""
        value = value.strip()
        if UNSTORABLE.search(value):
            self.fail(_("“%(name)s”含有空字符（NUL）或不成对的代理字符，无法保存。") % {"name": name})
            return ""
        if len(value) > limit:
            self.fail(_("“%(name)s”超过 %(limit)d 个字。") % {"name": name, "limit": limit})
        return value

    def required(self, name: str, limit: int = 255) -> str:
        """Return a text that must be there."""
        value = self.text(name, limit)
        if not value and not str(self.values.get(name) or "").strip():
            self.fail(_("“%(name)s”不能为空。") % {"name": name})
        return value

    def code(self, name: str, known: Collection[str], *, optional: bool = False) -> str:
        """Return a code that must be one of the known ones.

        Nothing known means that the file which defines the codes could not be read: that has been said already.
        """
        value = self.text(name) if optional else self.required(name)
        if value and known and value not in known:
            self.fail(_("“%(name)s”的代码“%(value)s”不存在。") % {"name": name, "value": value})
        return value

    def link(self, name: str) -> str:
        """Return a web address, or "" where there is none."""
        value = self.text(name, 500)
        if value and not value.startswith(("http://", "https://")):
            self.fail(_("“%(name)s”应以 http:// 或 https:// 开头。") % {"name": name})
        return value

    def number(self, name: str) -> float | None:
        """Return a number; None where the field is empty or holds none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            self.fail(_("“%(name)s”应为数字，写的是“%(value)s”。") % {"name": name, "value": value})
            return None

    def whole(self, name: str, lowest: int, highest: int) -> int:
        """Return a whole number within bounds; `lowest` where it is none."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        limits = {"name": name, "lowest": lowest, "highest": highest}
        self.fail(_("“%(name)s”应为 %(lowest)d 到 %(highest)d 的整数。") % limits)
        return lowest

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.values.get(name, default)
        if isinstance(value, bool):
            return value
        self.fail(_("“%(name)s”应为 true 或 false。") % {"name": name})
        return default

    def objects(self, name: str, *, optional: bool = False) -> list[Fields]:
        """Return the objects of a list; report what is no list and no object."""
        items = self.values.get(name)
        if items is None and optional:
            return []
        if not isinstance(items, list):
            self.fail(_("缺少列表“%(name)s”。") % {"name": name})
            return []
        if strangers := [str(position) for position, item in enumerate(items) if not isinstance(item, Located)]:
            where = {"name": name, "positions": "、".join(strangers)}
            self.fail(_("列表“%(name)s”的第 %(positions)s 项（从 0 起）不是对象。") % where)
        return [
            Fields(item, Place(self.place.file, item.line), self.problems)
            for item in items
            if isinstance(item, Located)
        ]

    def object(self, name: str) -> Fields | None:
        """Return the object under a name; None where there is none."""
        item = self.values.get(name)
        if isinstance(item, Located):
            return Fields(item, Place(self.place.file, item.line), self.problems)
        if item is not None:
            self.fail(_("“%(name)s”应为对象 { }。") % {"name": name})
        return None


@dataclass
class Keys:
    """Keys of one kind that must not occur twice, each with the place that claimed it."""

    label: str
    places: dict[str, Place] = field(default_factory=dict)

    def claim(self, key: str, fields: Fields) -> None:
        """Claim a key for a record; a second claim is an error that names the first."""
        first = self.places.setdefault(key, fields.place)
        if first is not fields.place:
            where = {"label": self.label, "key": key, "first": first}
            fields.fail(_("%(label)s“%(key)s”重复，已见于 %(first)s。") % where)

    def __contains__(self, key: object) -> bool:
        return key in self.places
