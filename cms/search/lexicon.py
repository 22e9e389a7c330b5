"""The words of our own: which are the same to who asks, and which are kept whole when a text is cut.

An index cut by one dictionary and asked by another misses hits. So texts are written by all words that stand in the
list now or stood there when the index was built, and questions are cut by those that stand in both: whatever is asked
is in every row, also while the index is being rebuilt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from rules.segmentation import Dictionary, fold
from snippets.models import SearchWords
from snippets.models.search_words import parted

from .models import IndexState

# Every search asks this. No group has the number nought.
LISTED = f"""
    SELECT id, words FROM {SearchWords._meta.db_table} WHERE is_active
    UNION ALL SELECT 0, words FROM {IndexState._meta.db_table} ORDER BY 1
"""  # noqa: S608 - constants
# The token of the list, so that a process learns that another changed it without asking the database.
CHANGED = "search-words"


@dataclass(frozen=True)
class Lexicon:
    """The list as it is, and the words the index was built by."""

    groups: tuple[tuple[str, ...], ...]
    built_by: frozenset[str]

    @cached_property
    def listed(self) -> frozenset[str]:
        """Return all words of the list."""
        return frozenset(word for group in self.groups for word in group if len(word) > 1)

    @cached_property
    def asking(self) -> Dictionary:
        """Return the dictionary by which questions are cut."""
        return _dictionary(self.listed & self.built_by)

    @cached_property
    def indexing(self) -> Dictionary:
        """Return the dictionary by which texts are cut."""
        return _dictionary(self.listed | self.built_by)

    @cached_property
    def same(self) -> dict[str, tuple[str, ...]]:
        """Return to each word all words of its groups, itself first."""
        found: dict[str, dict[str, None]] = {}
        for group in self.groups:
            for word in group if len(group) > 1 else ():
                found.setdefault(word, {word: None}).update(dict.fromkeys(group))
        return {word: tuple(others) for word, others in found.items()}


def lexicon() -> Lexicon:
    """Return the list as it stands now, put together anew only where it is another. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED)
        rows = list(cursor.fetchall())
    state = rows.pop(0)[1] if rows and rows[0][0] == 0 else ""
    return _lexicon(tuple(words for _key, words in rows), state)


def built(words: frozenset[str]) -> None:
    """Note that all of the index was cut by these words."""
    values = {"words": "\n".join(sorted(words)), "version": Dictionary(words).version, "built_at": timezone.now()}
    IndexState.objects.update_or_create(pk=1, defaults=values)
    announce()


def is_outdated() -> bool:
    """Was the index built by other words than stand in the list?"""
    words = lexicon()
    return words.listed != words.built_by


def announce() -> None:
    """Let every process read the list again: this one now, the others when the transaction is over."""
    _known.lexicon = None
    transaction.on_commit(lambda: cache.set(CHANGED, get_random_string(12), timeout=None))


class _Known:
    """What this process writes by, until the list changes."""

    token: object = None
    lexicon: Lexicon | None = None


_known = _Known()


def lexicon_to_write_by() -> Lexicon:
    """Return the list, read again only after it changed: texts are written far more often than the list is."""
    token = cache.get(CHANGED)
    if _known.lexicon is None or (token is not None and token != _known.token):
        _known.lexicon, _known.token = lexicon(), token
    return _known.lexicon


# Folding a list of hundreds of words takes longer than a search.
@lru_cache(maxsize=4096)
def _group(row: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in parted(row))


@lru_cache(maxsize=4)
def _lexicon(rows: tuple[str, ...], built_by: str) -> Lexicon:
    return Lexicon(tuple(map(_group, rows)), frozenset(built_by.split()))


@lru_cache(maxsize=4)
def _dictionary(words: frozenset[str]) -> Dictionary:
    return Dictionary(words)
