"""One identity, many languages: rows hang on the source-language page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from wagtail.models import Locale

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

SOURCE_LANGUAGE = settings.LANGUAGE_CODE


@cache
def source_locale_id() -> int:
    """Return the id of the source language's locale; it is made by the first migration and stays."""
    return int(Locale.objects.get_for_language(SOURCE_LANGUAGE).pk)


def is_source(page: Page) -> bool:
    """Is this the page itself rather than a translated copy?"""
    return bool(page.locale_id == source_locale_id())


def source_of(page: Any) -> Any:
    """Return the source-language page of a page; the page itself when it is the source or has none."""
    if is_source(page):
        return page
    model = type(page)
    return (
        model._default_manager.filter(translation_key=page.translation_key, locale_id=source_locale_id()).first()
        or page
    )


def sources(queryset: PageQuerySet) -> PageQuerySet:
    """Keep the source-language pages only."""
    return queryset.filter(locale_id=source_locale_id())
