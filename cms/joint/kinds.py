"""What a kind of source is, and how one is added.

A plugin adds one by Wagtail's hook `register_joint_search_kind`, which returns a `SourceKind` (docs/joint-search.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise

# So many results of one source are shown; who wants more goes there.
SHOWN = 10
HOOK = "register_joint_search_kind"


@dataclass(frozen=True)
class Question:
    """What a source is asked: its address, the words, the language of the reader, and how long it has."""

    address: str
    words: str
    language: str = "zh-hans"
    seconds: float = 2.0


@dataclass(frozen=True)
class Finding:
    """One result as a source tells it: `ask` returns it as it is told, and nothing of it is shown uncleaned."""

    title: str
    url: str
    excerpt: str = ""
    publisher: str = ""
    on: date | None = None
    # Filled by the cleaning: whose page it is.
    host: str = ""


@dataclass(frozen=True)
class Answer:
    """What a source answered: results, how many there are by its own count, and its own page about them."""

    findings: tuple[Finding, ...] = ()
    total: int | None = None
    more: str = ""
    # What relative addresses are relative to; the address of the source where it is empty.
    base: str = ""
    # Results that could not be shown: no title, or an address that is none.
    dropped: int = 0
    # The source has no results to be read by programs, only a page of its own.
    only_page: bool = False


class SourceError(Exception):
    """A source that did not answer as it should; `why` is told to whoever asked."""

    def __init__(self, why: str | _StrPromise) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SourceKind:
    """A kind of source.

    `check` raises ValueError, in words for the clerk, when an address cannot be one of this kind. `ask` returns what
    was found or raises SourceError; None where nobody is asked and only a link is shown. `link` returns the address of
    the source's own page about the words, "" where there is none.
    """

    code: str
    title: str | _StrPromise
    about: str | _StrPromise
    check: Callable[[str], None]
    ask: Callable[[Question], Answer] | None = None
    link: Callable[[Question], str] = field(default=lambda question: "")


def kinds() -> dict[str, SourceKind]:
    """Return every kind there is, ours and those of plugins, by their codes."""
    found: dict[str, SourceKind] = {}
    for hook in hooks.get_hooks(HOOK):
        kind = hook()
        found.setdefault(kind.code, kind)
    return found


def choices() -> list[tuple[str, str]]:
    """Return the kinds as a form offers them; read each time, so that a plugin needs no migration."""
    return [(kind.code, str(kind.title)) for kind in kinds().values()]


UNKNOWN = _("这一类来源的插件没有安装")
