"""What is stored of an object: the words of its title, of everything else, and of what may be completed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, Model
from django.utils.encoding import force_str
from wagtail.search.index import AutocompleteField, BaseField, RelatedFields, SearchField

from rules.segmentation import Dictionary

from .words import indexed_words

# The field that holds what stands in files: a long body leaves it its room.
ATTACHED = "attached_text"


@dataclass(frozen=True, slots=True)
class Document:
    """The words of one object, in the order of its texts."""

    title: list[str]
    body: list[str]
    autocomplete: list[str]


def document_of(instance: Model, limit: int, dictionary: Dictionary | None = None, *, files: bool = True) -> Document:
    """Cut the texts of an object into words, at most `limit` characters of each column and as many of its files."""
    texts: dict[str, list[str]] = {"title": [], "body": [], "autocomplete": [], ATTACHED: []}
    fields = instance.get_search_fields()  # type: ignore[attr-defined]
    if not files:
        fields = [field for field in fields if field.field_name != ATTACHED]
    for field, text in field_texts(instance, fields):
        if isinstance(field, AutocompleteField):
            texts["autocomplete"].append(text)
        elif isinstance(field, SearchField):
            texts[field.field_name if field.field_name in ("title", ATTACHED) else "body"].append(text)
    words = {column: indexed_words("\n".join(parts), limit, dictionary) for column, parts in texts.items()}
    return Document(words["title"], [*words["body"], *words[ATTACHED]], words["autocomplete"])


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
