"""Sister portals: the same software, asked by its own API (docs/api.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from rules.pinyin import is_han

from ..addresses import below, check_base
from ..cleaning import date_of, total_of
from ..kinds import SHOWN, Answer, Finding, Question, SourceError, SourceKind
from ..replies import UNREADABLE, fetch_json

ENGLISH = "en"


def ask(question: Question) -> Answer:
    """Ask for pages of all kinds."""
    query = {"search": question.words, "limit": str(SHOWN)}
    if question.language.startswith(ENGLISH) and not any(is_han(each) for each in question.words):
        query["locale"] = ENGLISH
    said = fetch_json(below(question.address, "api/v2/pages/", **query), question.seconds)
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise SourceError(UNREADABLE)
    meta = said.get("meta")
    total = total_of(meta.get("total_count")) if isinstance(meta, dict) else None
    return Answer(tuple(_findings(said["items"])), total=total, more=link(question))


def link(question: Question) -> str:
    """Return its own page of results."""
    english = question.language.startswith(ENGLISH)
    return below(question.address, "en/search/" if english else "search/", q=question.words)


def _findings(items: list[Any]) -> Iterator[Finding]:
    for item in items:
        meta = item.get("meta") if isinstance(item, dict) else None
        if not isinstance(meta, dict):
            continue
        owner = item.get("organisation")
        yield Finding(
            title=item.get("title", ""),
            url=meta.get("html_url", ""),
            excerpt=item.get("summary", ""),
            publisher=owner.get("title", "") if isinstance(owner, dict) else "",
            on=date_of(meta.get("first_published_at")),
        )


KIND = SourceKind(
    code="gongkai",
    title=_("兄弟门户（同一套软件）"),
    about=_("填对方门户的首页地址，例如 https://bsgk.example.gov.cn/；经它的开放接口查询。"),
    check=check_base,
    ask=ask,
    link=link,
)
