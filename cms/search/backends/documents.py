"""What is stored of an object: the words of its title, of everything else, and of what may be completed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, Model
from django.utils.encoding import force_str
from wagtail.search.index import AutocompleteField, BaseField, RelatedFields, SearchField

from .words import indexed_words


@dataclass(frozen=True, slots=True)
class Document:
    """The words of one object, in the order of its texts."""

    title: list[str]
    body: list[str]
    autocomplete: list[str]


def document_of(instance: Model, limit: int) -> Document:
    """Cut the texts of an object into words, at most `limit` characters of each column."""
    texts: dict[str, list[str]] = {"title": [], "body": [], "autocomplete": []}
    for field, text in field_texts(instance, instance.get_search_fields()):  # type: ignore[attr-defined]
        if isinstance(field, AutocompleteField):
            texts["autocomplete"].append(text)
        elif isinstance(field, SearchField):
            texts["title" if field.field_name == "title" else "body"].append(text)
    return Document(**{column: indexed_words("\n".join(parts), limit) for column, parts in texts.items()})


def field_texts(instance: Model, fields: Iterable[BaseField | RelatedFields]) -> Iterator[tuple[BaseField, str]]:
    """Walk through the declared fields, and through those of related objects."""
    for field in fields:
        if isinstance(field, RelatedFields):
            for related in related_objects(field.get_value(instance)):
                yield from field_texts(related, field.fields)
        elif isinstance(field, SearchField | AutocompleteField):
            yield field, plain_text(field.get_value(instance))


def related_objects(value: Any) -> Iterable[Model]:
    """Give the objects behind a relation, however many it leads to."""
    if value is None:
        return ()
    return value.all() if isinstance(value, Manager) else (value,)


def plain_text(value: Any) -> str:
    """Flatten what a field gives: StreamFields give lists, an empty field says nothing."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(plain_text(item) for item in value)
    return force_str(value)
