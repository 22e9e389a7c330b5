"""The query string, read strictly: each parameter known, named once, with a value, in UTF-8."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from .errors import LONGEST_QUERY, BadParameterError, TooLongError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A parameter as the documentation shows it. A list is written with commas."""

    name: str
    about: Any
    schema: Schema

    def as_openapi(self) -> Schema:
        """Describe the parameter for OpenAPI."""
        shown: Schema = {
            "name": self.name,
            "in": "query",
            "description": force_str(self.about),
            "schema": self.schema,
        }
        return shown | {"style": "form", "explode": False} if self.schema.get("type") == "array" else shown


def read_query(query: str, known: Collection[str]) -> dict[str, str]:
    """Return the parameters of a query string as WSGI hands it over. Raises BadParameterError."""
    if len(query) > LONGEST_QUERY:
        raise TooLongError
    found: dict[str, str] = {}
    for name, value in _pairs(query):
        _check(name, value, known)
        if name in found:
            raise BadParameterError(name, _("参数“%(name)s”写了不止一次。多个值请用逗号隔开。") % {"name": name})
        found[name] = value
    return found


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for pair in query.encode("latin-1", "replace").split(b"&"):
        if pair:
            name, _equals, value = (unquote_to_bytes(part) for part in pair.replace(b"+", b" ").partition(b"="))
            yield _text(name, name), _text(value, name)


def _text(part: bytes, name: bytes) -> str:
    try:
        return part.decode()
    except UnicodeDecodeError:
        shown = name.decode(errors="replace")
        raise BadParameterError(shown, _("参数“%(name)s”不是有效的 UTF-8 文字。") % {"name": shown}) from None


def _check(name: str, value: str, known: Collection[str]) -> None:
    if name not in known:
        raise BadParameterError(name, _unknown(name, known))
    if "\x00" in value:
        raise BadParameterError(name, _("参数“%(name)s”含有空字符（NUL）。") % {"name": name})
    if not value.strip():
        raise BadParameterError(name, _("参数“%(name)s”没有值；不用它时请整个省去。") % {"name": name})


def _unknown(name: str, known: Collection[str]) -> str:
    shown = name.replace("\x00", "␀")
    if near := get_close_matches(name, known, n=1):
        return _("没有参数“%(name)s”，您要的也许是“%(near)s”。") % {"name": shown, "near": near[0]}
    if not known:
        return _("没有参数“%(name)s”：这个地址不接受任何参数。") % {"name": shown}
    return _("没有参数“%(name)s”，可用的参数见 /api/docs/。") % {"name": shown}
