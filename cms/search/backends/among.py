"""Among which objects is looked: those of a queryset, as rows of the index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_descendants_content_types_pks


class Among:
    """The objects of a queryset; how they are written down for a statement is worked out once."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows.order_by()

    def narrowed(self, condition: Q) -> Among:
        """Return those of the objects that meet a condition, which may be empty."""
        return Among(self.rows.filter(condition)) if condition else self

    @property
    def types(self) -> list[int]:
        """Return the content types the objects may be of, by the numbers they have now."""
        return sorted(get_descendants_content_types_pks(self.rows.model))

    @cached_property
    def key(self) -> Any:
        """Return the field that numbers the objects."""
        key = self.rows.model._meta.pk
        while key.remote_field:
            key = key.target_field
        return key

    @cached_property
    def wanted(self) -> Exists:
        """Return the condition that a row of the index is about one of the objects."""
        return Exists(self.rows.filter(pk=OuterRef("key")))

    def entries(self) -> QuerySet[IndexEntry]:
        """Give the rows of the index that may be of this kind, with their `key` as the model writes it and `type`."""
        entries = IndexEntry.objects.filter(content_type_id__in=self.types)
        return entries.annotate(key=Cast("object_id", self.key), type=F("content_type_id"))

    @cached_property
    def number(self) -> str:
        """Write the key of an object as its row in the index has it."""
        return f"object_id::{self.key.cast_db_type(connection)}"

    @cached_property
    def keys(self) -> tuple[str, Sequence[Any]]:
        """Write the keys of the objects as a subquery."""
        try:
            return self.rows.values("pk").query.sql_with_params()
        except EmptyResultSet:
            return f"SELECT NULL::{self.key.cast_db_type(connection)} WHERE false", ()
