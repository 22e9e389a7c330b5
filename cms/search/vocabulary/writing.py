"""Keeping the vocabulary: written with the row of an object in the index, deleted with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from pages.models import OrganisationPage
from rules.near_misses import keys_of
from rules.pinyin import reading_of

from ..models import NearKey, Term
from .names import TEXT_LIMIT, WORD, is_named, names_of, places_of_the_city, subject_of, words_of

if TYPE_CHECKING:
    from rules.segmentation import Dictionary

BATCH = 500


def write(model: type[Any], items: Collection[Any], dictionary: Dictionary) -> None:
    """Write the names of objects anew, and the words in them. Nothing for what has no names of this kind."""
    if not is_named(model):
        return
    places = places_of_the_city() if issubclass(model, OrganisationPage) else []
    forget(model, [item.pk for item in items])
    terms = Term.objects.bulk_create([term for item in items for term in _terms(item, places)], batch_size=BATCH)
    keys = [NearKey(term=term, number=number) for term in terms for number in keys_of(term.text)]
    NearKey.objects.bulk_create(keys, batch_size=BATCH * 10)
    words = sorted({word for item in items for word in words_of(item, dictionary)})
    Term.objects.bulk_create([_term(word, WORD) for word in words], ignore_conflicts=True, batch_size=BATCH)


def forget(model: type[Any], keys: Iterable[Any]) -> None:
    """Forget the names of objects."""
    if is_named(model):
        terms = Term.objects.filter(model=subject_of(model), key__in=list(keys))
        # By their numbers: asked for with a subquery, a database without statistics reads every key there is.
        if known := list(terms.values_list("pk", flat=True)):
            near = NearKey.objects.filter(term__in=known)
            near._raw_delete(using=near.db)
            terms._raw_delete(using=terms.db)


def forget_all() -> None:
    """Forget every name and word."""
    for model in (NearKey, Term):
        model.objects.all()._raw_delete(using=model.objects.db)


def _terms(item: Any, places: Collection[str]) -> Iterable[Term]:
    by_text: dict[str, int] = {}
    for text, weight in names_of(item, places):
        by_text.setdefault(text[:TEXT_LIMIT], weight)
    subject = subject_of(type(item))
    return [_term(text, weight, subject, item.pk, item.title) for text, weight in by_text.items() if text]


def _term(text: str, weight: int, subject: str = "", key: int | None = None, title: str = "") -> Term:
    reading = reading_of(text)
    return Term(
        text=text,
        pinyin=reading.syllables[:TEXT_LIMIT],
        initials=reading.initials[:64],
        model=subject,
        key=key,
        title=title[:TEXT_LIMIT],
        weight=weight,
    )
