"""How dates, phones, files and choices are written for the public."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blocks.base import plain_text_of
from blocks.scalars import phone_numbers

register = template.Library()

KILOBYTE = 1024


@register.filter
def day(value: datetime.date | None) -> str:
    """Write 2026年11月23日."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), format_date(value, _("Y年n月j日")))


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """Write 2026年11月23日 10:30, Beijing time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), format_date(local, _("Y年n月j日 H:i")))


@register.filter
def phone_links(text: str | None) -> SafeString:
    """Make every number in a phone field one to press."""
    html, end = "", 0
    text = text or ""
    for written, dialled in phone_numbers(text):
        start = text.index(written, end)
        html += escape(text[end:start]) + format_html('<a href="tel:{}">{}</a>', dialled, written)
        end = start + len(written)
    return mark_safe(html + escape(text[end:]))  # noqa: S308 - every part is escaped above


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
