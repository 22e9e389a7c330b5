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
from wagtail.models import ReferenceIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a version takes from the page itself, whatever was stored with it (`Page.with_content_json`).
OF_THE_PAGE = frozenset(
    {"content_type", "owner", "locked_by", "latest_revision", "live_revision", "locale", "alias_of"}
)


def without_own(model: Any, content: dict[str, Any]) -> dict[str, Any]:
    """Return a stored version without what it takes from the page, its rows without the page they hang on."""
    kept = {name: value for name, value in content.items() if name not in OF_THE_PAGE}
    for relation in get_all_child_relations(model):
        name, parent = relation.get_accessor_name(), relation.field.name
        if isinstance(rows := kept.get(name), list):
            kept[name] = [{key: value for key, value in row.items() if key != parent} for row in rows]
    return kept


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
    draft = build({name: kept[name] for name in kept.keys() - {each.name for each in same}})
    draft.live_revision_id = page.live_revision_id
    for each in same:
        setattr(draft, each.attname, getattr(page, each.attname))
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
