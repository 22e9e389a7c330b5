"""How dates, phones, files and choices are written for the public."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from blocks.base import plain_text_of
from blocks.contract import CHINESE
from blocks.documents import document_item
from blocks.writing import local_time, phone_numbers, written_date

register = template.Library()


@register.filter
def day(value: datetime.date | None) -> str:
    """Write a date, or a moment with its time, for people and machines."""
    if not value:
        return ""
    # HTML knows no microseconds.
    exact = local_time(value).replace(microsecond=0) if isinstance(value, datetime.datetime) else value
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(), written_date(exact))


@register.filter
def phone_links(text: str | None) -> SafeString:
    """Make every number in a phone field one to press."""
    html, rest = "", text or ""
    for written, address in phone_numbers(rest):
        before, _written, rest = rest.partition(written)
        html += escape(before) + format_html('<a href="{}">{}</a>', address, written)
    return mark_safe(html + escape(rest))  # noqa: S308 - every part is escaped above


@register.filter
def lang_of(text: Any) -> SafeString:
    """Mark a text that stands in Chinese on a page of another language: ` lang="zh-Hans"`, elsewhere nothing."""
    is_marked = not (get_language() or settings.LANGUAGE_CODE).startswith("zh") and CHINESE.search(str(text or ""))
    return format_html(' lang="{}"', "zh-Hans") if is_marked else mark_safe("")


@register.filter
def file_item(document: Any, title: str = "") -> list[dict[str, Any]]:
    """Describe a document for components/files.html; nothing when there is none."""
    return [document_item(document, title)] if document else []


@register.filter
def text_of(record: Any, name: str) -> str:
    """Write one value of a record as people read it: the label of a choice, not its code."""
    return plain_text_of(record.block.child_blocks[name], record.get(name))
