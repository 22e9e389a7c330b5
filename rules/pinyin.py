"""How Chinese is typed with a Latin keyboard: whole syllables, or the first letter of each."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pypinyin import lazy_pinyin

from .han import HAN, to_simplified
from .slugs import MAX_LENGTH

# Nobody types more syllables than this; names are told apart long before.
READ_LIMIT = MAX_LENGTH // 2
_TYPED = re.compile(r"[a-z][a-z0-9 '·-]*", re.IGNORECASE)


class Reading(NamedTuple):
    """A text as it is typed: `ranqi` and `rq`."""

    syllables: str
    initials: str


def reading_of(text: str) -> Reading:
    """Read a text; letters and digits stand for themselves, everything else for nothing."""
    plain = to_simplified(unicodedata.normalize("NFKC", text)).lower()[:READ_LIMIT]
    read = " ".join(lazy_pinyin(plain, v_to_u=False))
    parts = [part for part in map(_plain, re.findall(r"[^\W\d_]+|\d+", read)) if part]
    return Reading("".join(parts), "".join(part if part[0].isdigit() else part[0] for part in parts))


def typed(text: str) -> str:
    """Return what was typed as pinyin, in the form of a reading; empty when it is nothing of the kind."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return _plain(plain) if _TYPED.fullmatch(plain) else ""


def is_han(text: str) -> bool:
    """Is this a text in Han characters alone?"""
    return bool(re.fullmatch(f"{HAN}+", text))


def _plain(text: str) -> str:
    """Leave letters and digits; the ü of 旅 is typed v or u."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", ascii_only).replace("v", "u")
