"""How dates, phones, files and choices are written for the public."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blocks.base import plain_text_of
from blocks.writing import local_time, phone_numbers, written_date

register = template.Library()

KILOBYTE = 1024


@register.filter
def day(value: datetime.date | None) -> str:
    """Write a date, or a moment with its time, for people and machines."""
    if not value:
        return ""
    exact = local_time(value) if isinstance(value, datetime.datetime) else value
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
def file_facts(document: Any) -> str:
    """Write type and size: PDF，412 KB."""
    if not document:
        return ""
    size = document.get_file_size()
    kind = document.file_extension.upper()
    return _("%(type)s，%(size)s") % {"type": kind, "size": _size(size)} if size else kind


@register.filter
def text_of(record: Any, name: str) -> str:
    """Write one value of a record as people read it: the label of a choice, not its code."""
    return plain_text_of(record.block.child_blocks[name], record.get(name))


def _size(size: int) -> str:
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / KILOBYTE / KILOBYTE:.1f} MB"
