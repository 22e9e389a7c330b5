"""Typed values put aside, and brought back: pure work on serialised pages.

A serialised page (a revision's content, a translation's source, a row read by `serializable_data`) holds every value by
name. Sealing moves the values a class declares itself into `sealed_profile`, under the label of that class; when the
class comes back, so do they. Same names of two classes (`hotline`) never meet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations

from ..models import UnitPage

if TYPE_CHECKING:
    from collections.abc import Iterator

SEAL = "sealed_profile"
EMPTY: tuple[Any, ...] = (None, "", [], {})

Content = dict[str, Any]


@dataclass(frozen=True)
class Steps:
    """The classes a page leaves, and those it enters, each from the general to the special."""

    left: tuple[type[UnitPage], ...]
    entered: tuple[type[UnitPage], ...]

    @classmethod
    def between(cls, old: type[UnitPage], new: type[UnitPage]) -> Steps:
        """Return the steps from one page type to another; what both stand on is not touched."""
        olds, news = storeys(old), storeys(new)
        return cls(
            tuple(model for model in olds if model not in news), tuple(model for model in news if model not in olds)
        )


def storeys(model: type[UnitPage]) -> list[type[UnitPage]]:
    """Return the classes with a table of their own below UnitPage, from the general to the special."""
    found = [each for each in model.__mro__ if issubclass(each, UnitPage) and each is not UnitPage]
    return [each for each in reversed(found) if not (each._meta.abstract or each._meta.proxy)]


def child_relations(model: type[UnitPage]) -> list[Any]:
    """Return the relations to rows that belong to a page of this class, as the class itself declares them."""
    return [relation for relation in get_all_child_relations(model) if relation.model is model]


def own_names(model: type[UnitPage]) -> Iterator[str]:
    """Yield the names of the values that the class itself declares."""
    for field in model._meta.local_fields:
        if field.serialize and not getattr(field.remote_field, "parent_link", False):
            yield field.name
    for relation in child_relations(model):
        yield relation.get_accessor_name()
    for many in model._meta.local_many_to_many:
        if isinstance(many, ParentalManyToManyField):
            yield many.name


def serialised(page: UnitPage) -> Content:
    """Return a page's values as its revisions hold them."""
    content: Content = json.loads(page.to_json())
    return content


def reseal(content: Content, steps: Steps) -> Content:
    """Return a serialised page after the steps: what it left is sealed, what it entered restored."""
    resealed = dict(content)
    seal: dict[str, Any] = dict(resealed.get(SEAL) or {})
    for model in steps.left:
        values = {name: _without_keys(resealed.pop(name)) for name in own_names(model) if name in resealed}
        if any(value not in EMPTY for value in values.values()):
            seal[model._meta.label] = values
    for model in steps.entered:
        resealed.update(seal.pop(model._meta.label, {}))
    resealed[SEAL] = seal or None
    return resealed


def _without_keys(value: Any) -> Any:
    """Forget the primary keys of rows: by the time they come back, another row may have them."""
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    if isinstance(value, dict):
        return {name: None if name == "pk" else _without_keys(item) for name, item in value.items()}
    return value
