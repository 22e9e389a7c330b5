"""Who reads: in which language pages are named for them, and under which address they find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from ..identity import is_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

SOURCE_TAG = "zh-Hans"


class Reader:
    """One request, seen as a reader with a language.

    Rows hang on the source-language pages; the reader turns these into what is shown: the translation where there is
    one, else the source, under an address that keeps the language and says that the translation is missing.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE
        self.reads_source = self.language == settings.LANGUAGE_CODE

    def lacks(self, page: Page) -> bool:
        """Is this page, read in this language, a page without translation?"""
        return not self.reads_source and (is_source(page) or bool(page.alias_of_id))

    def url(self, page: Page) -> str:
        """Return the address of a page; one without translation is served under the language's own prefix."""
        if self.reads_source or not is_source(page):
            return page.get_url(self.request) or ""
        parts = page.get_url_parts(self.request)
        return reverse("wagtail_serve", args=[parts[2].removeprefix("/")]) if parts else ""

    def translated(self, pages: Iterable[Page]) -> dict[int, Page]:
        """Return what is shown for each source page, by its id: at most one query."""
        found = {page.pk: page for page in pages}
        if self.reads_source or not found:
            return found
        translations = Page.objects.filter(
            translation_key__in=[page.translation_key for page in found.values()],
            locale__language_code=self.language,
            live=True,
            alias_of=None,
        )
        by_key = {page.translation_key: page for page in translations}
        return {pk: by_key.get(page.translation_key, page) for pk, page in found.items()}

    def tag(self, page: Page) -> str:
        """Return the language of a title that is not in the language of the page around it."""
        return SOURCE_TAG if self.lacks(page) else ""

    def link(self, page: Page, title: str = "") -> dict[str, Any]:
        """Return a page as components take a link."""
        return {"title": title or page.title, "url": self.url(page), "lang": self.tag(page)}
