"""Sister portals: the same software, asked by its own API (docs/api.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from rules.pinyin import is_han

from ..addresses import below, check_base
from ..cleaning import date_of, total_of
from ..kinds import SHOWN, Answer, Finding, Question, SourceError, SourceKind
from ..replies import UNREADABLE, Time, fetch_json

ENGLISH = "en"
# More of them would leave no room for the pages.
SERVICES = 3


def ask(question: Question) -> Answer:
    """Ask for pages of all kinds, and with what is left of the time for services: they come first, a few of them."""
    time = Time(question.seconds)
    pages, total = _asked(question, "pages", SHOWN, time.left)
    try:
        services, more = _asked(question, "service-items", SERVICES, time.left)
    except SourceError:
        # What it has told is shown; how many there are in all nobody knows.
        services, more = [], None
    total = None if total is None or more is None else total + more
    return Answer((*_services(services), *_pages(pages)), total=total, more=link(question))


def _asked(question: Question, endpoint: str, most: int, seconds: float) -> tuple[list[Any], int | None]:
    """Return what one endpoint finds, and how many there are. Raises SourceError."""
    query = {"search": question.words, "limit": str(most)}
    if question.language.startswith(ENGLISH) and not any(is_han(each) for each in question.words):
        query["locale"] = ENGLISH
    said = fetch_json(below(question.address, f"api/v2/{endpoint}/", **query), seconds)
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise SourceError(UNREADABLE)
    meta = said.get("meta")
    return said["items"], total_of(meta.get("total_count")) if isinstance(meta, dict) else None


def link(question: Question) -> str:
    """Return its own page of results."""
    english = question.language.startswith(ENGLISH)
    return below(question.address, "en/search/" if english else "search/", q=question.words)


def _pages(items: list[Any]) -> Iterator[Finding]:
    for item, meta in _told(items):
        yield Finding(
            title=item.get("title", ""),
            url=meta.get("html_url", ""),
            excerpt=item.get("summary", ""),
            publisher=_title_of(item.get("organisation")),
            on=date_of(meta.get("first_published_at")),
        )


def _services(items: list[Any]) -> Iterator[Finding]:
    for item, meta in _told(items):
        yield Finding(
            title=item.get("title", ""),
            url=meta.get("html_url") or item.get("do_url", ""),
            excerpt=item.get("help_text", ""),
            publisher=_title_of(item.get("provider")),
            on=date_of(meta.get("first_published_at")),
        )


def _told(items: list[Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for item in items:
        meta = item.get("meta") if isinstance(item, dict) else None
        if isinstance(meta, dict):
            yield item, meta


def _title_of(owner: Any) -> Any:
    return owner.get("title", "") if isinstance(owner, dict) else ""


KIND = SourceKind(
    code="gongkai",
    title=_("兄弟门户（同一套软件）"),
    about=_("填对方门户的首页地址，例如 https://bsgk.example.gov.cn/；经它的开放接口查询。"),
    check=check_base,
    ask=ask,
    link=link,
)
