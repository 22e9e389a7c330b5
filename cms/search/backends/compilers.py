"""What is asked: a condition over words, and the columns in which they are looked for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends.base import BaseSearchQueryCompiler, SearchFieldError
from wagtail.search.query import SearchQuery

from .conditions import NOTHING, Condition, Question, Reading, Scope, condition_of, near


class SegmentedQueryCompiler(BaseSearchQueryCompiler):
    """A search for whole words.

    The index knows the title and the rest, not each field: `fields` may name all of them, the title, or all but the
    title. Anything else is refused, rather than answered with hits from other fields.
    """

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    TYPING = False
    WHOLE = Scope.EVERYTHING

    def __init__(self, queryset: QuerySet, query: SearchQuery | str, **options: Any) -> None:
        super().__init__(queryset, query, **options)
        readings = [Reading(typing=self.TYPING), Reading(typing=self.TYPING, shorter=True)]
        tries = [condition_of(self.query, reading) for reading in readings]
        # Near hits only make sense in order of nearness, and only to somebody who did not say how words combine.
        if isinstance(query, str) and not options.get("operator") and self.order_by_relevance and not self.TYPING:
            tries.append(near(query) or NOTHING)
        self.conditions = list(dict.fromkeys(tries))

    @property
    def condition(self) -> Condition:
        """Give the condition in force: the first, until it is found to find nothing."""
        return self.conditions[0]

    @property
    def question(self) -> Question | None:
        """Give what the index is asked; nothing when the answer is clear without it."""
        return Question(self.condition.expression, self.scope) if self.condition.expression else None

    def check(self) -> None:
        super().check()
        self.scope  # noqa: B018 - a field that cannot be searched alone is refused now, not when results are read

    def own_fields(self) -> set[str]:
        """Give the names of the fields a search without `fields` looks into."""
        return {field.field_name for field in self.queryset.model.get_searchable_search_fields()}

    @property
    def scope(self) -> Scope:
        """Find the columns that hold just the fields asked for."""
        asked, own = set(self.fields or ()), self.own_fields()
        if asked == {"title"}:
            return Scope.TITLE
        if not asked or asked >= own:
            return self.WHOLE
        if asked == own - {"title"} and self.WHOLE is Scope.EVERYTHING:
            return Scope.BODY
        raise SearchFieldError(
            f"{self.queryset.model.__name__}: the index knows the title and the rest, not {sorted(asked)} alone",
            field_name=sorted(asked)[0],
        )


class SegmentedAutocompleteQueryCompiler(SegmentedQueryCompiler):
    """A search while somebody is typing: the last word is the beginning of one."""

    TYPING = True
    WHOLE = Scope.AUTOCOMPLETE

    def own_fields(self) -> set[str]:
        return {field.field_name for field in self.queryset.model.get_autocomplete_search_fields()}
