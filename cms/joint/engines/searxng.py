"""SearXNG: one instance asks many engines; it must allow the format JSON (`search.formats` in its settings.yml)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..addresses import below, check_base
from ..cleaning import date_of
from ..kinds import Answer, Finding, Question, SourceError, SourceKind
from ..replies import UNREADABLE, fetch_json

ENGLISH = "en"


def ask(question: Question) -> Answer:
    """Ask for the first page."""
    query = {"q": question.words, "format": "json", "safesearch": "1", "pageno": "1"}
    query["language"] = ENGLISH if question.language.startswith(ENGLISH) else "zh-CN"
    said = fetch_json(below(question.address, "search", **query), question.seconds)
    if not isinstance(said, dict) or not isinstance(said.get("results"), list):
        raise SourceError(UNREADABLE)
    # Its count of results is known to be a guess, and 0 as often as not: it is not shown.
    return Answer(tuple(_findings(said["results"])), more=link(question))


def link(question: Question) -> str:
    """Return its own page of results."""
    return below(question.address, "search", q=question.words)


def _findings(results: list[Any]) -> Iterator[Finding]:
    for each in results:
        if isinstance(each, dict):
            engines = each.get("engines")
            names = [name for name in engines if isinstance(name, str)][:3] if isinstance(engines, list) else []
            yield Finding(
                title=each.get("title", ""),
                url=each.get("url", ""),
                excerpt=each.get("content", ""),
                publisher=" · ".join(names),
                on=date_of(each.get("publishedDate")),
            )


KIND = SourceKind(
    code="searxng",
    title=_("SearXNG 元搜索"),
    about=_("填 SearXNG 的首页地址；它的设置要允许 JSON 格式。"),
    check=check_base,
    ask=ask,
    link=link,
)
