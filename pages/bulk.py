"""Add many published pages at once: for loading a city pack and for generating content.

Wagtail publishes a page in about a hundred queries; a city has thousands. This module writes the same rows in a few
statements per batch (`bulk_rows`, `bulk_contents`). It leans on private methods of treebeard (`_get_path`) and of the
reference index; they stand there and nowhere else, and tests compare its result with Wagtail's own.

Skipped on purpose: Wagtail's signals, page log entries, cache purges. Registers and rosters are the caller's business.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Length, Substr
from django.dispatch import Signal
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from blocks.story import reading_once
from rules.slugs import free_slug, slug_from_title

from .bulk_contents import contents, references
from .bulk_rows import reserve, write, write_objects
from .district_names import naming_once
from .levels import refusal
from .tree_lock import hold_the_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from accounts.models import User

# The one signal, however many pages, in the same transaction: with the lowest page above all that was added, the pages
# right above them, and the numbers of those that were added.
pages_loaded = Signal()


def bulk_add(
    parent: Page,
    pages: Sequence[Any],
    *,
    user: User | None = None,
    at: datetime | Callable[[Any], datetime] | None = None,
    search: bool = True,
) -> None:
    """Add unsaved specific pages under one parent; see `bulk_add_below`."""
    bulk_add_below([(parent, pages)], user=user, at=at, search=search)


@transaction.atomic
def bulk_add_below(
    placed: Sequence[tuple[Page, Sequence[Any]]],
    *,
    user: User | None = None,
    at: datetime | Callable[[Any], datetime] | None = None,
    search: bool = True,
) -> None:
    """Add unsaved specific pages under their parents, published, each with one revision.

    Sets path, slug, dates, locale and keys on the given objects. `at` is the moment of publication, or a function of
    the page. Raises ValueError for an unlawful place. Child rows (phones, attachments) are not written. A handful of
    statements, however many parents; these had better stand side by side in the tree.
    """
    placed = [(parent, pages) for parent, pages in placed if pages]
    if not placed:
        return
    for above, model in {(parent.specific_class or Page, type(page)) for parent, pages in placed for page in pages}:
        if reason := refusal(model, above):
            raise ValueError(reason)
    hold_the_tree()
    parents = Page.objects.select_for_update().order_by("pk").in_bulk([parent.pk for parent, _pages in placed])
    moment = at if callable(at) else (lambda page: at or timezone.now())
    _place([(parents[parent.pk], pages) for parent, pages in placed], user, moment)
    everything = [page for _parent, pages in placed for page in pages]
    _name(everything)
    _add_revisions(everything, user)
    _insert(everything)
    _add_references(everything)
    for number, same in _by_number(placed):
        Page.objects.filter(pk__in=same).update(numchild=F("numchild") + number)
    nearest = list(parents.values())
    pages_loaded.send(sender=None, parent=_common(nearest), parents=nearest, entered=[page.pk for page in everything])
    if search:
        index(everything)


def _by_number(placed: Sequence[tuple[Page, Sequence[Any]]]) -> Iterator[tuple[int, list[int]]]:
    """Group the parents that get the same number of children."""
    numbers = sorted((len(pages), parent.pk) for parent, pages in placed)
    for number, same in groupby(numbers, key=lambda each: each[0]):
        yield number, [pk for _number, pk in same]


def _common(parents: list[Page]) -> Page:
    """Return the lowest page that all of these are, or stand under."""
    first, last = (choose(parents, key=lambda parent: parent.path) for choose in (min, max))
    path = first.path
    while not last.path.startswith(path):
        path = path[: -Page.steplen]
    return first if path == first.path else Page.objects.get(path=path)


def _place(placed: Sequence[tuple[Page, Sequence[Any]]], user: User | None, moment: Callable[[Any], datetime]) -> None:
    """Set in memory what Wagtail sets while saving one page."""
    types = ContentType.objects.get_for_models(*{type(page) for _parent, pages in placed for page in pages})
    relations = {model: [each.get_accessor_name() for each in get_all_child_relations(model)] for model in types}
    siblings = _siblings([parent for parent, _pages in placed])
    for parent, pages in placed:
        taken = {slug for _path, slug in siblings[parent.path]}
        last = max((path for path, _slug in siblings[parent.path]), default=None)
        first = Page._str2int(last[-Page.steplen :]) + 1 if last else 1
        for number, page in enumerate(pages, start=first):
            page.path = Page._get_path(parent.path, parent.depth + 1, number)
            page.depth, page.numchild = parent.depth + 1, 0
            page.slug = free_slug(page.slug, taken) if page.slug else slug_from_title(page.title, taken=taken)
            taken.add(page.slug)
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.draft_title = page.title
            page.locale_id, page.translation_key = parent.locale_id, page.translation_key or uuid4()
            page.content_type = types[type(page)]
            page.owner = user
            page.live, page.has_unpublished_changes = True, False
            page.first_published_at = page.last_published_at = page.latest_revision_created_at = moment(page)
            # Nothing was ever stored for these, so the revision need not ask the database for each.
            for name in relations[type(page)]:
                setattr(page, name, [])


def _siblings(parents: Sequence[Page]) -> dict[str, list[tuple[str, str]]]:
    """Return path and slug of what stands below each parent, by its path."""
    found: dict[str, list[tuple[str, str]]] = {parent.path: [] for parent in parents}
    if any(parent.numchild for parent in parents):
        first, _end = Page._get_children_path_interval(min(found))
        _start, last = Page._get_children_path_interval(max(found))
        below = Page.objects.filter(path__range=(first, last), depth__in={parent.depth + 1 for parent in parents})
        above = Substr("path", 1, Length("path") - Page.steplen)
        rows = below.order_by().annotate(above=above).filter(above__in=found)
        for path, *sibling in rows.values_list("above", "path", "slug"):
            found[path].append((sibling[0], sibling[1]))
    return found


def _insert(pages: Sequence[Any]) -> None:
    """Write one row per table of each page's class, the base table first."""
    write_objects(Page, pages)
    for model, same in _by_class(pages):
        for table in _tables(model):
            write_objects(table, same)
        for page in same:
            page._state.adding, page._state.db = False, "default"


def _tables(model: type[Page]) -> list[type[Page]]:
    """Return the concrete classes below Page that hold a page of this class, from the base downwards."""
    parents = [parent for parent in model._meta.get_parent_list() if issubclass(parent, Page) and parent is not Page]
    ordered = sorted({*parents, model}, key=lambda each: len(each._meta.get_parent_list()))
    return [each for each in ordered if not each._meta.abstract]


def _by_class(pages: Iterable[Any]) -> list[tuple[type[Page], list[Any]]]:
    ordered = sorted(pages, key=lambda page: type(page)._meta.label)
    return [(model, list(same)) for model, same in groupby(ordered, key=type)]


def _name(pages: Sequence[Any]) -> None:
    """Give each page its key, under every name it has in the tables of its class."""
    links = {model: [table._meta.pk.attname for table in _tables(model)] for model, _same in _by_class(pages)}
    for page, key in zip(pages, reserve(Page, len(pages)), strict=True):
        page.id = key
        for link in links[type(page)]:
            setattr(page, link, key)


def _add_revisions(pages: Sequence[Any], user: User | None) -> None:
    """Write one revision of each page, and name it in the page, which is not written yet."""
    columns = {
        "id": reserve(Revision, len(pages)),
        "content_type_id": [page.content_type_id for page in pages],
        "object_id": [str(page.pk) for page in pages],
        "created_at": [page.latest_revision_created_at for page in pages],
        "object_str": [str(page) for page in pages],
        "content": list(contents(pages)),
    }
    base_type = ContentType.objects.get_for_model(Page)
    write(Revision, columns, base_content_type_id=base_type.pk, user_id=user.pk if user else None)
    for page, key in zip(pages, columns["id"], strict=True):
        page.latest_revision_id = page.live_revision_id = key


def _add_references(pages: Sequence[Any]) -> None:
    rows = [
        (page.content_type_id, str(page.pk), *reference)
        for page, found in zip(pages, references(pages), strict=True)
        for reference in found
    ]
    names = ("content_type_id", "object_id", "to_content_type_id", "to_object_id")
    columns = zip((*names, "model_path", "content_path", "content_path_hash"), zip(*rows, strict=True), strict=True)
    if rows:
        write(ReferenceIndex, dict(columns), base_content_type_id=ContentType.objects.get_for_model(Page).pk)


def index(objects: Iterable[Any]) -> None:
    """Write search rows for many new objects, class by class."""
    backends = list(get_search_backends(with_auto_update=True))
    for model, same in _by_class(objects):
        for backend in backends:
            found = backend.get_index_for_model(model)
            # Only our own backends have it; a search server settles conflicts anyway.
            add = getattr(found, "add_new", found.add_items)
            with reading_once(), naming_once():
                add(model, same)


def analyse() -> None:
    """Let the database look at its tables again, and the search index settle, after a bulk load."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    # Only our own backends have it; a search server tunes itself.
    for backend in get_search_backends(with_auto_update=True):
        if tune := getattr(backend, "tune", None):
            tune()
