"""Addresses from Chinese titles: pinyin one can read, unique among their siblings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from itertools import count

from pypinyin import lazy_pinyin, load_phrases_dict

from .han import to_simplified

MAX_LENGTH = 80

# Names and terms of our field that pypinyin's own phrases read wrongly.
load_phrases_dict(
    {
        "长海": [["cháng"], ["hǎi"]],
        "长山": [["cháng"], ["shān"]],
        "大长山": [["dà"], ["cháng"], ["shān"]],
        "小长山": [["xiǎo"], ["cháng"], ["shān"]],
        "朝阳": [["cháo"], ["yáng"]],
        "给排水": [["jǐ"], ["pái"], ["shuǐ"]],
        "大夫": [["dài"], ["fu"]],
    }
)


def slug_from_title(title: str, taken: Container[str], max_length: int = MAX_LENGTH) -> str:
    """Make a slug of lower-case letters, digits and hyphens that is not taken yet.

    At most max_length characters, cut between syllables where it can be. A title that has nothing to read, such as
    an emoji, gives the same hash every time; a taken slug gets -2, -3 …
    """
    return free_slug(_shortened(_readable(title), max_length) or _hashed(title)[:max_length], taken, max_length)


def free_slug(slug: str, taken: Container[str], max_length: int = MAX_LENGTH) -> str:
    """Return a slug, with a number where it is taken."""
    if slug not in taken:
        return slug
    suffixed = (_shortened(slug, max_length - len(f"-{n}")) + f"-{n}" for n in count(2))
    return next(candidate for candidate in suffixed if candidate not in taken)


def _readable(title: str) -> str:
    syllables = lazy_pinyin(to_simplified(unicodedata.normalize("NFKC", title)), v_to_u=False)
    plain = unicodedata.normalize("NFKD", "-".join(syllables)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _shortened(slug: str, length: int) -> str:
    """Cut between syllables, unless the first is too long by itself."""
    if len(slug) <= length:
        return slug
    at_syllable, _, _ = slug[: length + 1].rpartition("-")
    return at_syllable or slug[:length]


def _hashed(title: str) -> str:
    return "p-" + hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:10]
