"""Typed fields of the industry templates: shown as `profile`, described and filtered by what their models declare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from pages.models import OrganisationPage, UnitPage

from .filters import ReadFilter
from .values import Choice, Day, ExactNumber, Flag, ListOf, Text, Value, WholeNumber

Schema = dict[str, Any]
NULL = {"type": "null"}


@dataclass(frozen=True)
class ProfileType:
    """A page type of units. `path` leads from an organisation to it: `unitpage__schoolpage`."""

    model: type[UnitPage]
    path: str

    @property
    def label(self) -> str:
        """Return the type as the API names it."""
        return str(self.model._meta.label)

    @property
    def fields(self) -> list[models.Field]:
        """Return the typed fields."""
        return [self.model._meta.get_field(name) for name in self.model.profile_fields]


@cache
def profile_types() -> tuple[ProfileType, ...]:
    """Return the page types of units, by label."""
    found = [model for model in apps.get_models() if issubclass(model, UnitPage)]
    return tuple(ProfileType(model, _path(model)) for model in sorted(found, key=lambda each: each._meta.label))


def _path(model: type[UnitPage]) -> str:
    steps = []
    line = [each for each in model.__mro__ if issubclass(each, OrganisationPage) and not each._meta.abstract]
    for child, parent in pairwise(line):
        steps.append(child._meta.get_ancestor_link(parent).remote_field.get_accessor_name())
    return "__".join(reversed(steps))


def profile_of(organisation: OrganisationPage) -> dict[str, Any] | None:
    """Return the typed fields of a unit; None for an office."""
    kind = next((each for each in profile_types() if each.model is organisation.specific_class), None)
    if kind is None:
        return None
    unit: Any = organisation
    for step in kind.path.split("__"):
        unit = getattr(unit, step)
    return {"type": kind.label} | {field.name: _shown(unit, field) for field in kind.fields}


def _shown(unit: UnitPage, field: models.Field) -> Any:
    value = getattr(unit, field.name)
    if field.choices:
        label = getattr(unit, f"get_{field.name}_display")
        return None if value in (None, "") else {"value": value, "label": force_str(label())}
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def profile_schema() -> Schema:
    """Describe `profile`: one alternative for each page type."""
    kinds = [_object({"type": {"const": kind.label}} | _properties(kind)) for kind in profile_types()]
    return {"oneOf": [*kinds, NULL]}


def _properties(kind: ProfileType) -> dict[str, Schema]:
    return {field.name: {"title": force_str(field.verbose_name), **_schema(field)} for field in kind.fields}


def _schema(field: models.Field) -> Schema:
    if field.choices:
        word = {"type": "string", "enum": [value for value, _label in field.flatchoices if value]}
        return {"oneOf": [_object({"value": word, "label": {"type": "string"}}), NULL]}
    kind, more = SHOWN[_family(field)]
    return {"type": [kind, "null"] if field.null else kind, **more}


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# How a typed field is shown, and by which values it is filtered. The first that fits.
SHOWN: dict[type[models.Field], tuple[str, Schema]] = {
    models.BooleanField: ("boolean", {}),
    models.IntegerField: ("integer", {}),
    models.DecimalField: ("string", {"pattern": r"^-?\d+(\.\d+)?$"}),
    models.DateField: ("string", {"format": "date"}),
    models.URLField: ("string", {}),
    models.CharField: ("string", {}),
    models.TextField: ("string", {}),
}
NUMBERS: dict[type[models.Field], type[Value]] = {models.IntegerField: WholeNumber, models.DecimalField: ExactNumber}


class ProfileFilter(ReadFilter):
    """A filter over the same typed field of one or several page types."""

    def __init__(self, value: Value, columns: list[str], lookup: str = "exact", *, about: str) -> None:
        super().__init__(value, lookup=lookup, about=about)
        self.columns = columns

    def filter(self, queryset: QuerySet, value: Any) -> QuerySet:
        """Keep the units of any of the types whose field fits."""
        if value is None:
            return queryset
        found = Q()
        for column in self.columns:
            found |= Q(**{f"{column}__{self.lookup_expr}": value})
        return queryset.filter(found)


def profile_filters(taken: set[str]) -> dict[str, ReadFilter]:
    """Make the filters over typed fields; where two types mean different things by a name, each has its prefix.

    `taken` are names that mean something else already.
    """
    by_name: dict[str, list[tuple[ProfileType, models.Field]]] = defaultdict(list)
    for kind in profile_types():
        for field in kind.fields:
            by_name[field.name].append((kind, field))
    found: dict[str, ReadFilter] = {}
    for name, owners in sorted(by_name.items()):
        if name not in taken and len({_nature(field) for _kind, field in owners}) == 1:
            found |= _filters(name, owners)
            continue
        for kind, field in owners:
            found |= _filters(f"{kind.model._meta.app_label}_{name}", [(kind, field)])
    return found


def _nature(field: models.Field) -> Any:
    """Two numbers can be compared only when they are called the same: the name holds the unit."""
    if field.choices:
        return "choice"
    family = _family(field)
    return (family, force_str(field.verbose_name)) if family in NUMBERS else family


def _family(field: models.Field) -> type[models.Field]:
    return next(family for family in SHOWN if isinstance(field, family))


def _filters(name: str, owners: list[tuple[ProfileType, models.Field]]) -> dict[str, ReadFilter]:
    field = owners[0][1]
    columns = [f"{kind.path}__{each.name}" for kind, each in owners]
    about = _about(owners)
    if field.choices:
        choices = dict(pair for _kind, each in owners for pair in each.flatchoices)
        return {name: ProfileFilter(ListOf(Choice(choices=list(choices.items()))), columns, "in", about=about)}
    if isinstance(field, models.BooleanField):
        return {name: ProfileFilter(Flag(), columns, about=about)}
    if isinstance(field, models.DateField):
        return _bounds(name, Day, columns, about)
    if value := NUMBERS.get(_family(field)):
        return _bounds(name, value, columns, about)
    return {name: ProfileFilter(Text(), columns, "icontains", about=_("%(about)s，含有这些字") % {"about": about})}


def _about(owners: list[tuple[ProfileType, models.Field]]) -> str:
    """Name the types, and what each of them calls the field."""
    by_title: dict[str, list[str]] = defaultdict(list)
    for kind, field in owners:
        by_title[force_str(field.verbose_name)].append(f"`{kind.label}`")
    named = (_("%(types)s 的“%(title)s”") % {"types": "、".join(by_title[title]), "title": title} for title in by_title)
    return "；".join(named)


def _bounds(name: str, value: Callable[[], Value], columns: list[str], about: str) -> dict[str, ReadFilter]:
    least, most = _("%(about)s，不小于") % {"about": about}, _("%(about)s，不大于") % {"about": about}
    return {
        f"{name}_min": ProfileFilter(value(), columns, "gte", about=least),
        f"{name}_max": ProfileFilter(value(), columns, "lte", about=most),
    }
