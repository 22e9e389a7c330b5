"""Keeping the index: one row per object, written when the object is, and nothing else with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, Model, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.search.backends.base import BaseIndex
from wagtail.search.index import get_indexed_models
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_content_type_pk, get_descendants_content_types_pks

from pages.bulk_rows import write

from ..lexicon import built, lexicon, lexicon_to_write_by
from ..vocabulary import writing
from .documents import document_of

if TYPE_CHECKING:
    from rules.segmentation import Dictionary

    from .backend import SegmentedSearchBackend


class SegmentedIndex(BaseIndex):
    """The index table of the database in use.

    `title_norm`, for which Wagtail's own backends measure the whole table after each save, is not read here.
    """

    backend: SegmentedSearchBackend

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        content_type_id = get_content_type_pk(model)
        items, dictionary = list(items), lexicon_to_write_by().indexing
        rows = {str(item.pk): self._columns_of(item, dictionary) for item in items}
        IndexEntry.objects.bulk_create(
            [IndexEntry(content_type_id=content_type_id, object_id=key, **columns) for key, columns in rows.items()],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )
        writing.write(model, items, dictionary)

    def add_new(self, model: type[Model], items: Sequence[Model]) -> None:
        """Add objects that were never added before: as `add_items`, for many, at a fraction of its cost.

        What stands in their files waits for their next save, or for `update_index`.
        """
        dictionary = lexicon_to_write_by().indexing
        rows = [{"object_id": str(item.pk), **self._columns_of(item, dictionary, files=False)} for item in items]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        write(IndexEntry, columns, content_type_id=get_content_type_pk(model))
        writing.write(model, items, dictionary)

    def _columns_of(self, item: Model, dictionary: Dictionary, *, files: bool = True) -> dict[str, str]:
        return self.backend.columns_of(document_of(item, self.backend.body_limit, dictionary, files=files))

    def delete_item(self, item: Model) -> None:
        forget(item.index_entries.all())  # type: ignore[attr-defined]
        writing.forget(type(item), [item.pk])

    def reset(self) -> None:
        forget(IndexEntry.objects.all())
        writing.forget_all()

    def delete_stale_entries(self) -> None:
        """Delete the rows of objects that are gone; descendants of a model are in its table too."""
        for model in get_indexed_models():
            if not model._meta.parents:
                living = model._base_manager.annotate(key=Cast("pk", TextField())).filter(key=OuterRef("object_id"))
                rows = IndexEntry.objects.filter(content_type_id__in=get_descendants_content_types_pks(model))
                forget(rows.filter(~Exists(living)))


def forget(rows: QuerySet[IndexEntry]) -> None:
    """Delete rows in one statement: on SQLite, Django would first read those of the FTS table behind them."""
    rows._raw_delete(using=rows.db)


class Rebuilder:
    """What `update_index` does before and after it has written every object."""

    def __init__(self, index: SegmentedIndex) -> None:
        self.index = index
        self.words: frozenset[str] = frozenset()

    def start(self) -> SegmentedIndex:
        """Clear away what no longer exists; names are few, and all written again."""
        self.index.delete_stale_entries()
        writing.forget_all()
        self.words = lexicon().listed
        return self.index

    def finish(self) -> None:
        """Note by which words all was cut; let the database put its own statistics in order."""
        built(self.words)
        self.index.backend.tune()
