"""The `expand` parameter: related objects come along whole, in `expanded` beside what names them.

What stands there is what the object's own address answers: from where rows are kept ready, else rendered.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import BadParameterError
from .parameters import Parameter
from .shelf import shelf_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    Row = dict[str, Any]
    Key = tuple[str, int]
    Tree = dict[str, "Tree"]

EXPAND, EXPANDED = "expand", "expanded"
DEEPEST = 2
NOTHING = ("", 0)
ABOUT = gettext_lazy(
    "把关联对象的完整内容一并取来，放在它的 expanded 中；逗号隔开，至多两层，例如 organisation,organisation.superior。"
)


def parameter(paths: Sequence[str]) -> Parameter:
    """Describe the parameter for an endpoint."""
    words = {"type": "string", "enum": list(paths)}
    return Parameter(EXPAND, ABOUT, {"type": "array", "items": words, "minItems": 1})


def asked_for(text: str | None, paths: Collection[str], shown: Collection[str]) -> Tree:
    """Return the relations asked for, each with those below it. Raises BadParameterError."""
    tree: Tree = {}
    for path in (text or "").split(",") if text is not None else ():
        _check(path, paths, shown)
        branch = tree
        for name in path.split("."):
            branch = branch.setdefault(name, {})
    return tree


def _check(path: str, paths: Collection[str], shown: Collection[str]) -> None:
    word = path[:50]
    if path.count(".") >= DEEPEST:
        raise BadParameterError(EXPAND, _("参数“expand”至多两层，“%(word)s”太深。") % {"word": word})
    if path not in paths:
        known = "、".join(paths)
        message = _("参数“expand”不能展开“%(word)s”，可用：%(known)s。") % {"word": word, "known": known}
        raise BadParameterError(EXPAND, message)
    if path.partition(".")[0] not in shown:
        raise BadParameterError(EXPAND, _("参数“expand”要展开的“%(word)s”不在所要的字段中。") % {"word": word})


class Expansion:
    """Puts whole objects into the rows of one answer; knows afterwards how long it stays true."""

    def __init__(self, view: Any) -> None:
        self.view = view
        # Were all of them ready? And until when, where the clock changes one?
        self.were_ready = True
        self.until: datetime | None = None

    def put_into(self, rows: Iterable[Row], tree: Tree) -> None:
        """Put whole objects beside what names them; null where the object is not public."""
        for name, below in tree.items():
            named = [each for row in rows for each in _named(row.get(name))]
            found = self._objects({key for each in named if (key := _key_of(each)) is not None})
            for each in named:
                each[EXPANDED] = found.get(_key_of(each) or NOTHING)
            if below:
                self.put_into(list(found.values()), below)

    def _objects(self, keys: Collection[Key]) -> dict[Key, Row]:
        by_endpoint: dict[str, list[int]] = defaultdict(list)
        for endpoint, number in sorted(keys):
            by_endpoint[endpoint].append(number)
        return {
            (endpoint, number): row
            for endpoint, numbers in by_endpoint.items()
            for number, row in self._of_endpoint(endpoint, numbers)
        }

    def _of_endpoint(self, endpoint: str, numbers: list[int]) -> Iterator[tuple[int, Row]]:
        shelf = shelf_for(self.view.request._request)
        ready = shelf.rows(endpoint, numbers, whole=True) if shelf is not None else {}
        moments = [self.until, *(each.until for each in ready.values())]
        self.until = min((each for each in moments if each is not None), default=None)
        yield from ((number, json.loads(each.body)) for number, each in ready.items())
        if missing := [number for number in numbers if number not in ready]:
            self.were_ready = False
            yield from self.view.beside(endpoint).whole(missing)


def _named(value: Any) -> Iterator[Row]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from value


def _key_of(named: Row) -> Key | None:
    """Return endpoint and number: they stand in the address."""
    address = named.get("detail_url")
    if not address:
        return None
    endpoint, number = urlsplit(address).path.strip("/").split("/")[-2:]
    return endpoint, int(number)
