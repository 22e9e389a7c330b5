"""Lists read on from a row instead of over a number of rows: the last page costs what the first one costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Q
from django.utils.translation import gettext as _

from .errors import BadParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Field, Model, QuerySet

CURSOR = "cursor"
# What may change from page to page without making it another list.
NOT_BOUND = {CURSOR, "limit", "offset", "fields", "expand"}
MARK = "keyset_"


@dataclass(frozen=True)
class Term:
    """A column to order by. Where nothing is written comes last, upwards and downwards."""

    column: str
    descending: bool
    field: Any
    nullable: bool

    @classmethod
    def of(cls, model: type[Model], column: str, *, descending: bool) -> Term:
        """Return the term of a column, or of a column of a related row."""
        field, nullable = _resolved(model, column)
        return cls(column, descending, field, nullable)

    @property
    def order(self) -> Any:
        """Return the expression to order by."""
        column, last = F(self.column), self.nullable or None
        return column.desc(nulls_last=last) if self.descending else column.asc(nulls_last=last)

    @property
    def plain_order(self) -> str:
        """Return the order among rows that have a value: any index of the column serves it."""
        return f"-{self.column}" if self.descending else self.column

    def beyond(self, value: Any) -> Q:
        """Return the condition that a row has a later value."""
        return Q(**{f"{self.column}__{'lt' if self.descending else 'gt'}": value})

    def from_on(self, value: Any) -> Q:
        """Return the condition that a row has that value or a later one."""
        return Q(**{f"{self.column}__{'lte' if self.descending else 'gte'}": value})

    def at(self, value: Any) -> Q:
        """Return the condition that a row has that value."""
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})


def _resolved(model: type[Model], column: str) -> tuple[Field, bool]:
    *relations, name = column.split("__")
    nullable = False
    for relation in relations:
        field: Any = model._meta.get_field(relation)
        # The row at the other end of a reverse relation may be missing.
        nullable = nullable or field.null or field.auto_created
        model = field.related_model
    found: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if found.is_relation and not found.concrete:
        raise FieldDoesNotExist(column)
    while found.is_relation:
        found = found.target_field
    return found, nullable or (name != "pk" and model._meta.get_field(name).null)


def marked(queryset: QuerySet, terms: Sequence[Term], *, only_keys: bool) -> QuerySet:
    """Put the values to order by on the rows; with `only_keys` nothing else than these and the key is read."""
    marks = {f"{MARK}{n}": F(term.column) for n, term in enumerate(terms)}
    found = queryset.annotate(**marks)
    return found.values_list("pk", *marks, named=True) if only_keys else found


def rows_after(rows: QuerySet, terms: Sequence[Term], values: Sequence[Any] | None, most: int) -> list[Any]:
    """Return the next of the marked rows in the order of `terms`, from the beginning where there are no `values`.

    Rows without a value in the first column are asked for apart: "smaller, or nothing" no index can answer.
    """
    first = terms[0]
    following = rows if values is None else rows.filter(_after(terms, values))
    if not first.nullable:
        return list(following.order_by(*_orders(terms))[:most])
    found: list[Any] = []
    if values is None or values[0] is not None:
        with_value = following.filter(~first.at(None)) if values is None else following
        found = list(with_value.order_by(*_orders(terms))[:most])
        following = rows
    if len(found) < most:
        without = following.filter(first.at(None)).order_by(*(term.order for term in terms[1:]))
        found += without[: most - len(found)]
    return found


def rows_skipping(rows: QuerySet, terms: Sequence[Term], start: int, most: int) -> list[Any]:
    """Return the marked rows behind a number of others, which the database has to pass by one by one."""
    return list(rows.order_by(*(term.order for term in terms))[start : start + most])


def _orders(terms: Sequence[Term]) -> list[Any]:
    return [terms[0].plain_order, *(term.order for term in terms[1:])]


def _after(terms: Sequence[Term], values: Sequence[Any]) -> Q:
    """Return the condition that a row comes after these values; in the first column it has, or lacks, one as they."""
    alternatives, equal = Q(), Q()
    first, *_others = terms
    for term, value in zip(terms, values, strict=True):
        if value is not None:
            alternatives |= equal & term.beyond(value)
            if term.nullable and term is not first:
                alternatives |= equal & term.at(None)
        equal &= term.at(value)
    return (first.at(None) if values[0] is None else first.from_on(values[0])) & alternatives


class Cursors:
    """Writes and reads cursors of one list. They are signed for it: none can be made up, or taken elsewhere."""

    def __init__(self, endpoint: str, asked: Mapping[str, str], terms: Sequence[Term]) -> None:
        bound = sorted((name, value) for name, value in asked.items() if name not in NOT_BOUND)
        self.terms = terms
        self.signer = Signer(salt=json.dumps([CURSOR, endpoint, bound, [str(term.column) for term in terms]]))

    def write(self, row: Any) -> str:
        """Return the cursor that stands behind a row."""
        return self.signer.sign_object([_written(getattr(row, f"{MARK}{n}")) for n in range(len(self.terms))])

    def read(self, cursor: str) -> list[Any]:
        """Return the values a cursor stands behind. Raises BadParameterError."""
        try:
            values = self.signer.unsign_object(cursor)
            pairs = zip(self.terms, values, strict=True)
            return [None if value is None else term.field.to_python(value) for term, value in pairs]
        except (BadSignature, ValidationError, ValueError, TypeError):
            raise BadParameterError(
                CURSOR,
                _("参数“cursor”不是这个列表给出的：须原样使用 meta.next_cursor，其余条件和排序不能改变。"),
            ) from None


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int | None) else str(value)
