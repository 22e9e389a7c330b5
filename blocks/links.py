"""Absolute addresses for what leaves the site: the API, feeds, exports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

# Quoted, so that an address in running text is left alone.
ROOTED_ADDRESS = re.compile(r'(?<=\s)(href|src)="(/[^"]*)"')

Context = Mapping[str, Any] | None


def absolute_url(address: str, context: Context = None) -> str:
    """Return `address` with scheme and host: those of the request in `context`, else of `settings.BASE_URL`."""
    request = (context or {}).get("request")
    base = request.build_absolute_uri("/") if request else settings.BASE_URL
    return urljoin(base, address)


def absolute_html(source: str, context: Context = None) -> str:
    """Expand stored rich text to HTML that can be shown on any site: no ids, no relative links."""
    return ROOTED_ADDRESS.sub(lambda m: f'{m[1]}="{absolute_url(m[2], context)}"', expand_db_html(source))


def page_address(page: Page, context: Context = None) -> str:
    """Return the absolute address of `page`, or an empty string where no site serves it."""
    parts = page.get_url_parts((context or {}).get("request"))
    return absolute_url(parts[2], context) if parts and parts[2] else ""
