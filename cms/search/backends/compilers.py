"""What is asked: a condition over words, and the columns in which they are looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from wagtail.search.backends.base import BaseSearchQueryCompiler, SearchFieldError
from wagtail.search.query import SearchQuery

from ..lexicon import lexicon
from .among import Among
from .conditions import Condition, Question, Scope
from .tries import Step, Try, Understood, tries, wider_tries

if TYPE_CHECKING:
    from ..lexicon import Lexicon

BY_NEARNESS = {Step.FEWER, Step.NEAR}


class SegmentedQueryCompiler(BaseSearchQueryCompiler):
    """A search for whole words.

    The index knows the title and the rest, not each field: `fields` may name all of them, the title, or all but the
    title. Anything else is refused, rather than answered with hits from other fields.
    """

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    TYPING = False
    WHOLE = Scope.EVERYTHING
    # The queryset, where it is written down already.
    among: Among | None = None
    # What must not be pushed off a shortlist by what there is more of.
    apart: Collection[type[Model]] = ()

    def __init__(self, queryset: QuerySet, query: SearchQuery | str, **options: Any) -> None:
        super().__init__(queryset, query, **options)
        self.may_widen = not isinstance(query, Understood)
        if isinstance(query, Understood):
            self.tries: Iterator[Try] = iter([query.attempt])
        else:
            words = lexicon()
            self.tries = tries(self.query, words, typing=self.TYPING)
            # Other readings are for somebody who did not say how words combine.
            if isinstance(query, str) and not options.get("operator") and not self.TYPING:
                self.tries = chain(self.tries, self._wider(query, words))
        self.current = next(self.tries)
        self.tried = {self.current.condition}

    def _wider(self, query: str, words: Lexicon) -> Iterator[Try]:
        # Near hits only make sense in order of nearness.
        return (each for each in wider_tries(query, words) if each.step not in BY_NEARNESS or self.order_by_relevance)

    @property
    def condition(self) -> Condition:
        """Give the condition in force: the first, until it is found to find nothing."""
        return self.current.condition

    def widen(self) -> bool:
        """Pass on to the next condition that was not tried yet, if there is one."""
        for each in self.tries:
            if each.condition not in self.tried:
                self.tried.add(each.condition)
                self.current = each
                return True
        return False

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
