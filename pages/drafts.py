"""Reading a version back, and writing a page, without asking the same twice.

Wagtail checks every reference of a stored version, and then puts the page's own in the place of some of them; and it
reads a page's references anew for each of its rows that is saved.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.module_loading import import_string
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a version takes from the page itself, whatever was stored with it (`Page.with_content_json`).
OF_THE_PAGE = frozenset(
    {"content_type", "owner", "locked_by", "latest_revision", "live_revision", "locale", "alias_of"}
)


def without_own(model: Any, content: dict[str, Any]) -> dict[str, Any]:
    """Return a stored version without what it takes from the page, its rows without the page they hang on."""
    kept = {name: value for name, value in content.items() if name not in OF_THE_PAGE}
    for name, parent, _fields in _rows_of(model):
        if isinstance(rows := kept.get(name), list):
            kept[name] = [{key: value for key, value in row.items() if key != parent} for row in rows]
    return kept


def _rows_of(model: Any) -> Iterator[tuple[str, str, list[Any]]]:
    """Name each kind of rows, the field that leads to the page, and the other references of such a row."""
    for relation in get_all_child_relations(model):
        name, parent = relation.get_accessor_name(), relation.field.name
        if name != COMMENTS_RELATION_NAME:
            fields = relation.related_model._meta.concrete_fields
            yield name, parent, [each for each in fields if each.many_to_one and each.name != parent]


def take_references(model: Any, kept: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Take out of the rows what they refer to, and return it row by row. One query for each field.

    Where anything is gone, all rows of that kind stay as they are: what becomes of such a row is not said here.
    """
    taken: dict[str, list[dict[str, Any]]] = {}
    for name, _parent, fields in _rows_of(model):
        rows = kept.get(name) or []
        found = {each.name: _found(each, {row.get(each.name) for row in rows}) for each in fields if rows}
        named = [{key: there.get(row[key]) for key, there in found.items() if row.get(key)} for row in rows]
        if named and all(all(row.values()) for row in named):
            taken[name] = named
            kept[name] = [{key: value for key, value in row.items() if key not in found} for row in rows]
    return taken


def _found(field: Any, keys: set[Any]) -> dict[Any, Any]:
    there: dict[Any, Any] = field.related_model._default_manager.in_bulk(keys - {None})
    return there


def unchanged(page: Any, content: dict[str, Any]) -> list[Any]:
    """Return the references in which a stored version says what the page says: what they lead to is there."""
    fields = (each for each in page._meta.concrete_fields if each.many_to_one and each.name in content)
    return [each for each in fields if content[each.name] == getattr(page, each.attname)]


def read_back(page: Any, content: dict[str, Any], build: Callable[[dict[str, Any]], Any]) -> Any:
    """Return a version of a page as `build` makes it of the content.

    It knows its organisation and its parent where the page knows them.
    """
    same = unchanged(page, content)
    kept = without_own(type(page), content)
    taken = take_references(type(page), kept)
    draft = build({name: kept[name] for name in kept.keys() - {each.name for each in same}})
    draft.live_revision_id = page.live_revision_id
    for name, rows in taken.items():
        for row, references in zip(getattr(draft, name).all(), rows, strict=True):
            for field, there in references.items():
                setattr(row, field, there)
    for each in same:
        known = each.is_cached(page)
        setattr(draft, each.name if known else each.attname, getattr(page, each.name if known else each.attname))
    for name in ("organisation", "_cached_parent_obj"):
        if name in page.__dict__:
            draft.__dict__[name] = page.__dict__[name]
    return draft


@contextmanager
def references_once(page: Any) -> Iterator[None]:
    """Read what a page refers to once, when it and all its rows are written."""
    # Wagtail's module cannot be imported before all models are.
    handlers = import_string("wagtail.signal_handlers")
    if getattr(handlers.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with handlers.disable_reference_index_auto_update():
        yield
    with transaction.atomic(savepoint=False):
        ReferenceIndex.create_or_update_for_object(page)
