"""The body of a request: JSON in UTF-8, not too large, not too deep, every text one that a database can hold."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from .. import problems
from .refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

DEEPEST = 30
MEDIA_TYPE = "application/json"
# A part of an object may also be sent under its own name (RFC 7396).
MERGING = (MEDIA_TYPE, "application/merge-patch+json")


def read_object(request: HttpRequest, *, empty: bool = False, types: Collection[str] = (MEDIA_TYPE,)) -> dict[str, Any]:
    """Return the object that was sent; where `empty` is allowed, no body is an object without fields."""
    require_size(request, settings.API_WRITE_MAX_BYTES)
    body = request.body
    if not body and empty:
        return {}
    if (request.content_type or "").lower() not in types:
        raise Refused(problems.MEDIA, _("请用 application/json 发送。"))
    try:
        found = json.loads(body.decode(), parse_float=Decimal, parse_constant=_refuse_constant)
        _check(found, DEEPEST)
    except (ValueError, RecursionError) as error:
        raise Refused(problems.REQUEST, _("请求内容不是可以接受的 JSON（须为 UTF-8，不得过深）。")) from error
    if not isinstance(found, dict):
        raise Refused(problems.REQUEST, _("请求内容须是一个 JSON 对象。"))
    return found


def require_size(request: HttpRequest, most: int) -> None:
    """Refuse what says, or turns out, to be larger."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isascii() or not length.isdigit() or int(length[:18]) > most:
        raise Refused(problems.TOO_LARGE, _("请求内容不能超过 %(most)d 字节。") % {"most": most})


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _check(value: Any, depth: int) -> None:
    """Raise ValueError for what is too deep, and for text with NUL or half a character."""
    if depth < 0:
        raise ValueError("too deep")
    if isinstance(value, str):
        value.encode()
        if "\x00" in value:
            raise ValueError("NUL")
    elif isinstance(value, dict):
        for name, each in value.items():
            _check(name, depth - 1)
            _check(each, depth - 1)
    elif isinstance(value, list):
        for each in value:
            _check(each, depth - 1)
