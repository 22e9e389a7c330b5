"""What people of a city call its places and institutions: groups of words that mean the same to who searches."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .face import City
from .fields import Fields, Keys
from .services import SLUG
from .source import Source

COLUMNS = ("key", "words")
MOST, LONGEST = 20, 255


@dataclass(frozen=True, slots=True)
class WordsRow:
    """One group: what is called so, and its other names; a word alone is only kept whole."""

    key: str
    words: tuple[str, ...]
    note: str
    line: int

    @property
    def text(self) -> str:
        """Write the group as the list of the admin has it."""
        return "；".join(self.words)


def read_words(source: Source, city: City) -> tuple[WordsRow, ...]:
    """Read the groups, in the file's order."""
    if "search_words" not in city.files:
        return ()
    keys, groups = Keys(_("检索用词编号")), Keys(_("检索用词"))
    return tuple(_row(fields, keys, groups) for fields in source.table(city.files["search_words"], COLUMNS))


def _row(fields: Fields, keys: Keys, groups: Keys) -> WordsRow:
    key = fields.required("key", 64)
    if key and not SLUG.fullmatch(key):
        fields.fail(_("“key”只能用英文字母、数字、连字符和下划线。"))
    elif key:
        keys.claim(key, fields)
    words = _words(fields.required("words", LONGEST))
    if not words and fields.ok:
        fields.fail(_("“words”里没有一个词。"))
    if len(words) > MOST:
        fields.fail(_("“words”一组最多 %(most)d 个词。") % {"most": MOST})
    row = WordsRow(key, words, fields.text("note"), fields.place.line)
    if words:
        groups.claim(row.text, fields)
    return row


def _words(text: str) -> tuple[str, ...]:
    parts = text.replace("；", ";").split(";")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
