"""The `fields` parameter, in Wagtail's grammar without nesting: a,b adds; -a omits; * is everything; _ is nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import BadParameterError
from .parameters import Parameter

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

NAME = r"[a-z][a-z0-9_]*"
GRAMMAR = re.compile(rf"\*(,-{NAME})*|_(,{NAME})*|-?{NAME}(,-?{NAME})*")
ABOUT = gettext_lazy(
    "要哪些字段，逗号隔开：“a,b”在默认字段之外增加，“-a”去掉，“*”为全部（其后只能写“-a”），“_”为全不要（其后写要的）。"
)


def selected(asked: str | None, available: Sequence[str], default: Collection[str]) -> list[str]:
    """Return the names of the fields asked for, in the order of the representation."""
    if asked is None:
        return [name for name in available if name in default]
    if not GRAMMAR.fullmatch(asked):
        raise BadParameterError(
            "fields", _("参数“fields”应为逗号隔开的字段名，例如 fields=title,code 或 fields=*,-body。")
        )
    head, *rest = words = asked.split(",")
    chosen = set(available if head == "*" else () if head == "_" else default)
    for word in rest if head in {"*", "_"} else words:
        name = word.removeprefix("-")
        if name not in available:
            raise BadParameterError("fields", _("参数“fields”中没有字段“%(name)s”。") % {"name": name[:50]})
        chosen = chosen - {name} if word.startswith("-") else chosen | {name}
    return [name for name in available if name in chosen]


def parameter(available: Sequence[str]) -> Parameter:
    """Describe the parameter for an endpoint with these fields."""
    name = f"({'|'.join(available)})"
    pattern = rf"^(\*(,-{name})*|_(,{name})*|-?{name}(,-?{name})*)$"
    return Parameter("fields", ABOUT, {"type": "string", "pattern": pattern})
