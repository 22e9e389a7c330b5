"""RSS 2.0, RSS 1.0 and Atom, by a template with a place for the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ..addresses import check_template, filled
from ..cleaning import date_of, total_of
from ..kinds import Answer, Finding, Question, SourceError, SourceKind
from ..replies import UNREADABLE, fetch_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8"
ROOTS = frozenset({"rss", "RDF", "feed"})
DATES = ("pubDate", "published", "updated", "date")
TEXTS = ("summary", "description", "content")


def ask(question: Question) -> Answer:
    """Ask the template."""
    return read_feed(filled(question.address, question.words), question.seconds)


def read_feed(address: str, seconds: float, more: str = "") -> Answer:
    """Ask an address for a feed, and read it. Raises SourceError."""
    root = fetch_xml(address, seconds, ACCEPT)
    if _name(root) not in ROOTS:
        raise SourceError(UNREADABLE)
    total = next((total_of(each.text) for each in root.iter() if _name(each) == "totalResults"), None)
    return Answer(tuple(_findings(root)), total=total, more=more, base=address)


def _findings(root: Element) -> Iterator[Finding]:
    for entry in root.iter():
        if _name(entry) in {"item", "entry"}:
            told: dict[str, Element] = {}
            for part in entry:
                told.setdefault(_name(part), part)
            yield Finding(
                title=_text(told.get("title")),
                url=_link(entry),
                excerpt=next((text for name in TEXTS if (text := _text(told.get(name)))), ""),
                publisher=_publisher(told),
                on=next((on for name in DATES if (on := date_of(_text(told.get(name))))), None),
            )


def _name(element: Element) -> str:
    """Return the name of an element without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def _link(entry: Element) -> str:
    """Return where an entry leads: the text of RSS, or the first alternate of Atom."""
    for part in entry:
        if _name(part) == "link":
            if part.get("href") is None:
                return (part.text or "").strip()
            if part.get("rel", "alternate") == "alternate":
                return part.get("href", "")
    return ""


def _publisher(told: dict[str, Element]) -> str:
    source = _text(told.get("source")) or _text(told.get("creator"))
    author = told.get("author")
    name = next((each for each in author if _name(each) == "name"), None) if author is not None else None
    return source or _text(name)


KIND = SourceKind(
    code="feed",
    title=_("RSS 或 Atom 搜索"),
    about=_("填带 {searchTerms} 的地址，例如 https://www.example.gov.cn/search.rss?q={searchTerms}。"),
    check=check_template,
    ask=ask,
)
