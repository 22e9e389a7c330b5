"""The languages of what is being read: its address in each, and which of them really exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page

from pages.identity import is_source

from .traditional import SCRIPT_PREFIX, is_traditional

if TYPE_CHECKING:
    from django.http import HttpRequest

ENGLISH = "en"
PREFIX = f"/{ENGLISH}"
LABELS = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}


class Languages:
    """The three languages of one request.

    The page that is served, if one is, knows its translations; a page without one is served under /en/ all the same
    and says so (`BasePage.route`). Whatever is no page exists in every language. At most one query.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.english = (get_language() or settings.LANGUAGE_CODE).startswith(ENGLISH)
        self.current = ENGLISH if self.english else ("zh-Hant" if is_traditional(request) else "zh-Hans")

    @cached_property
    def page(self) -> Page | None:
        """Return the page that is served, if one is."""
        return served_page(self.request)

    @cached_property
    def other(self) -> Page | None:
        """Return the same page in the other language of the tree, where it exists."""
        return _other(self.page) if self.page else None

    @property
    def paths(self) -> dict[str, str]:
        """Return the path of what is read in each language."""
        here = self.request.path_info
        chinese = here.removeprefix(PREFIX) or "/" if self.english else here
        english = f"{PREFIX}{chinese}"
        if self.page and self.other:
            # A translation may have another slug; what follows the page's address (a route of its own) stays.
            rest = chinese.removeprefix(_path(self.page, self.request).removeprefix(PREFIX))
            source, translation = (self.page, self.other) if is_source(self.page) else (self.other, self.page)
            chinese, english = (f"{_path(each, self.request)}{rest}" for each in (source, translation))
        return {"zh-Hans": chinese, "zh-Hant": f"{SCRIPT_PREFIX}{chinese}", "en": english}

    def switch(self) -> list[dict[str, Any]]:
        """Return the languages to choose from (`languages.html`)."""
        return [
            {"lang": lang, "label": LABELS[lang], "url": path, "current": lang == self.current}
            for lang, path in self.paths.items()
        ]

    def alternates(self) -> list[dict[str, str]]:
        """Return the addresses of the versions that exist, for search engines (`hreflang`)."""
        exists_in_english = self.page is None or bool(self.other)
        return [
            {"lang": lang, "url": self._absolute(path)}
            for lang, path in self.paths.items()
            if lang != ENGLISH or exists_in_english
        ]

    def canonical(self) -> str:
        """Return the address under which this is known: a page without translation is known under its source's."""
        untranslated = self.english and self.page is not None and self.other is None
        return self._absolute(self.paths["zh-Hans" if untranslated else self.current])

    def _absolute(self, path: str) -> str:
        # Not build_absolute_uri: under /zh-hant/ every path is absolute already.
        return f"{self.request.scheme}://{self.request.get_host()}{path}"


def served_page(request: HttpRequest) -> Page | None:
    """Return the page a request was answered with, if one was."""
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return None
    # Routed by Wagtail's view before any template asks; the request remembers it.
    return Page.find_for_request(request, request.path_info)


def _other(page: Page) -> Page | None:
    """Return the live page in the other language of the tree: the English one of a source, the source of the rest."""
    others = Page.objects.filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk)
    wanted = ENGLISH if is_source(page) else settings.LANGUAGE_CODE
    # An alias is the source's text again: no translation.
    found: Page | None = others.filter(locale__language_code=wanted, alias_of=None).first()
    return None if page.alias_of_id else found


def _path(page: Page, request: HttpRequest) -> str:
    """Return the path of a page without the prefix of Traditional Chinese."""
    parts = page.get_url_parts(request)
    return parts[2].removeprefix(get_script_prefix().rstrip("/")) if parts else "/"
