"""What revisions and the reference index hold of many new pages: worked out once where pages share it.

Compared with `serializable_data` and with Wagtail's own extraction in tests. Rests on what `pages.bulk` promises: the
pages are new and have no child rows.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from modelcluster.models import get_field_value
from wagtail.models import Page, ReferenceIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    # Where a reference leads: type and key of its object, the two paths it goes by, and the hash of the second.
    Reference = tuple[int, str, str, str, UUID]


def contents(pages: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the content of a first revision of each page; a value that several pages share is serialised once."""
    skeletons: dict[type[Page], dict[str, Any]] = {}
    # The values stand in the pages, so that none is gone and its number given to another.
    known: dict[tuple[str, int], Any] = {}
    for page in pages:
        model: Any = type(page)
        if model not in skeletons:
            skeletons[model] = page.serializable_data()
        content = skeletons[model].copy()
        held = page.__dict__
        for name, attribute, field in _serialised(model):
            key = (name, id(held.get(attribute)))
            if key not in known:
                known[key] = get_field_value(field, page)
            content[name] = known[key]
        content["pk"] = page.pk
        yield content


@cache
def _serialised(model: type[Page]) -> list[tuple[str, str, Any]]:
    return [(field.name, field.attname, field) for field in model._meta.fields if field.serialize]


def references(pages: Iterable[Any]) -> Iterator[list[Reference]]:
    """Yield the references each page makes; pages that hold the same where references can stand make the same."""
    known: dict[tuple[Any, ...], list[Reference]] = {}
    for page in pages:
        model: Any = type(page)
        keys, texts = _referring(model)
        held = page.__dict__
        shape = (model, *[held.get(name) for name in keys], *[id(held.get(name)) for name in texts])
        if shape not in known:
            known[shape] = _references_of(page)
        yield known[shape]


def _references_of(page: Any) -> list[Reference]:
    found = sorted(set(ReferenceIndex._extract_references_from_object(page)))
    return [(*each, ReferenceIndex._get_content_path_hash(each[3])) for each in found]


@cache
def _referring(model: type[Page]) -> tuple[list[str], list[str]]:
    """Return the attributes of a page class that hold the key of another object, and those with references inside."""
    links = [field for field in model._meta.fields if field.many_to_one and not _is_ignored(field)]
    texts = [field for field in model._meta.fields if hasattr(field, "extract_references")]
    return [field.attname for field in links], [field.attname for field in texts]


def _is_ignored(field: Any) -> bool:
    return any(getattr(each, "wagtail_reference_index_ignore", False) for each in (field, field.related_model))
