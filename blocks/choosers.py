"""Documents and pages chosen in a block: shown with title and absolute address, never as a bare id."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import PageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock

from .base import STRING, Schema, object_schema
from .links import Context, absolute_url, page_address
from .together import LookedUpTogether

ADDRESS: Schema = {"type": "string", "format": "uri"}
COUNT: Schema = {"type": "integer", "minimum": 0}


def or_null(schema: Schema) -> Schema:
    """Allow for what was not chosen, or is gone."""
    return {"oneOf": [schema, {"type": "null"}]}


class DocumentLinkBlock(LookedUpTogether, DocumentChooserBlock):
    """A file of the library."""

    def get_api_representation(self, value: Any, context: Context = None) -> dict[str, Any] | None:
        """Show title, address, type, size in bytes and SHA-1."""
        if value is None:
            return None
        return {
            "title": value.title,
            "url": absolute_url(value.url, context),
            "type": value.file_extension.lower(),
            "size": value.get_file_size(),
            "sha1": value.get_file_hash(),
        }

    def json_schema(self) -> Schema:
        """Describe the link."""
        size = {"type": ["integer", "null"]}
        return or_null(object_schema({"title": STRING, "url": ADDRESS, "type": STRING, "size": size, "sha1": STRING}))

    def get_plain_text(self, value: Any) -> str:
        """Return the title."""
        return value.title if value else ""


class PageLinkBlock(LookedUpTogether, PageChooserBlock):
    """A page of this site. A page that is not public is not shown: its title is a secret until approval."""

    def get_api_representation(self, value: Any, context: Context = None) -> dict[str, Any] | None:
        """Show title, address and type."""
        if value is None or not value.live:
            return None
        page_type = value.specific_class or type(value)
        return {"title": value.title, "url": page_address(value, context), "type": page_type._meta.label}

    def json_schema(self) -> Schema:
        """Describe the link."""
        return or_null(object_schema({"title": STRING, "url": ADDRESS, "type": STRING}))

    def get_plain_text(self, value: Any) -> str:
        """Return the title."""
        return value.title if value and value.live else ""
