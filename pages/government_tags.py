"""Page tags by which the national platform reads a government site (国办发〔2017〕47号, annex 网页设计规范).

The tags of the site itself stand in base.html; these are those of a column (栏目) and of an article (内容页).
Nothing here knows a model: a page says by its attributes what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from .levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Tag = tuple[str, str]


def government_tags(page: Any, url: str) -> list[Tag]:
    """Return the tags of a page at an address: its column's, and for an article its own; none for the home page."""
    if getattr(page, "level", "") == Level.PORTAL:
        return []
    if hasattr(page, "public_record"):
        return [*_column_of_record(page), *_record(page, url)]
    tags = column(page.title, page.search_description or getattr(page, "introduction", ""), [page.title], page)
    return [*tags, *_text(page)] if hasattr(page, "body") else tags


def column(name: str, description: str, keywords: Iterable[str], page: Any) -> list[Tag]:
    """Return the four tags of a column; all of them are required, so that an empty description repeats the name."""
    return [
        ("ColumnName", name),
        ("ColumnDescription", description or name),
        ("ColumnKeywords", ",".join(filter(None, keywords))),
        ("ColumnType", page.column_type),
    ]


def _column_of_record(page: Any) -> list[Tag]:
    """Count a disclosure to its catalogue group, a notice to its kind."""
    publisher = _publisher(page)
    entry = getattr(page, "entry", None)
    name = str(page.get_kind_display()) if hasattr(page, "kind") else entry.display_group if entry else page.title
    return column(name, f"{publisher} {name}".strip(), [name, publisher], page)


def _record(page: Any, url: str) -> list[Tag]:
    # The date comes from the register: a page cannot make itself look newer (国办秘函〔2019〕19号).
    record = page.public_record
    tags = [
        ("ArticleTitle", page.title),
        ("PubDate", _minute(record.first_published_at) if record else ""),
        ("ContentSource", _publisher(page)),
        ("Keywords", ",".join(page.keywords)),
        ("Description", page.summary),
        ("Url", url),
    ]
    return [(name, content) for name, content in tags if content]


def _text(page: Any) -> list[Tag]:
    tags = [
        ("ArticleTitle", page.title),
        ("PubDate", _minute(page.first_published_at) if page.first_published_at else ""),
        ("ContentSource", _publisher(page)),
    ]
    return [(name, content) for name, content in tags if content]


def _publisher(page: Any) -> str:
    return page.organisation.title if page.organisation else ""


def _minute(moment: datetime) -> str:
    """Write a moment in Beijing time as the platform reads it: 2026-11-23 10:30."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
