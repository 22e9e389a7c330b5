"""Running text."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText

from .base import Content, Schema
from .cleaning import clean_rich_text
from .kinds import ContentKind
from .links import Context, absolute_html

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]
END_OF_LINE = re.compile(r"(</(?:p|h\d|li)>|<[bh]r\s*/?>)")


class ProseBlock(RichTextBlock):
    """Rich text with headings, lists and links, and nothing a word processor left behind."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEATURES} | kwargs)

    def clean(self, value: Any) -> RichText:
        """Clean before validating: a text of empty paragraphs is no text."""
        return super().clean(RichText(clean_rich_text(value.source)))

    def get_prep_value(self, value: Any) -> str:
        """Clean what comes in past the form, too."""
        return clean_rich_text(value.source)

    def get_api_representation(self, value: Any, context: Context = None) -> str:
        """Return HTML with absolute links; the stored form names pages by id."""
        return absolute_html(value.source, context)

    def json_schema(self) -> Schema:
        """Describe HTML in a string."""
        return {"type": "string", "contentMediaType": "text/html"}

    def get_plain_text(self, value: Any) -> str:
        """Return one line per paragraph."""
        text = unescape(strip_tags(END_OF_LINE.sub(r"\1\n", value.source if value else "")))
        return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class TextContentBlock(Content, ProseBlock):
    """Text as it stands on the page."""

    pasting = _("可以从 Word 或 WPS 粘贴，字体、缩进和空行会自动清理。表格请用“表格”。")

    content_kinds = (ContentKind.TEXT, ContentKind.REPORT, ContentKind.MAP_OR_TEXT)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": self.pasting} | kwargs)

    class Meta:
        label = _("文字")
        group = _("文字")
        icon = "pilcrow"
