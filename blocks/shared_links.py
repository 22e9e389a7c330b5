"""Links in rich text that use the rows at hand (`blocks.together`) instead of asking the database one by one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from .together import taken

Attributes = list[dict[str, str]]


class SharedPageLink(PageLinkHandler):
    """A link to a page."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Attributes) -> list[str]:
        """Write the opening tags."""
        pages = taken(cls.get_model(), _keys(attrs_list))
        # A translation may link to pages that are translated, too: then Wagtail looks for them.
        if pages is None or translation.get_language() != settings.LANGUAGE_CODE:
            return super().expand_db_attributes_many(attrs_list)
        return [f'<a href="{escape(page.url or "")}">' if page else "<a>" for page in pages]


class SharedDocumentLink(DocumentLinkHandler):
    """A link to a document."""

    @classmethod
    def get_many(cls, attrs_list: Attributes) -> list[Any]:
        """Take what is at hand."""
        documents = taken(cls.get_model(), _keys(attrs_list))
        return super().get_many(attrs_list) if documents is None else documents


def _keys(attrs_list: Attributes) -> list[int | None]:
    return [int(attrs["id"]) if attrs.get("id", "").isdecimal() else None for attrs in attrs_list]
