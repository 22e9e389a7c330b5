"""Streams of content in three forms: JSON by the blocks' own word, HTML with absolute links, plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from blocks.base import json_of
from blocks.links import absolute_url
from blocks.story import content_stream_block, plain_text

from .serializers import companions

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema
    from wagtail.blocks import StreamValue

# Icons are drawn from a sprite that other sites do not have.
ICONS = re.compile(r'\s*<svg class="i".*?</svg>\s*', flags=re.DOTALL)
ADDRESSES = re.compile(r'(?<=\s)(href|src|srcset)="([^"]*)"')


class Stream(serializers.Field):
    """A stream of a row, in one of its forms. `of` names the model field."""

    def __init__(self, of: str = "body", **kwargs: Any) -> None:
        self.of = of
        super().__init__(**kwargs)

    def get_attribute(self, row: Any) -> StreamValue | None:
        """Return the stream, read together with those of all rows."""
        return companions(self).stream(row, self.of)


class ContentJSON(Stream):
    """Blocks with type, value and id."""

    def to_representation(self, stream: StreamValue) -> Any:
        """Let each block say what it is."""
        return json_of(stream.stream_block, stream, self.context)


@extend_schema_field({"type": "string", "contentMediaType": "text/html"})
class ContentHTML(Stream):
    """HTML that can be shown on any site."""

    def to_representation(self, stream: StreamValue) -> str:
        """Render the blocks; no address stays relative."""
        return ADDRESSES.sub(self._absolute, ICONS.sub("", str(stream)))

    def _absolute(self, match: re.Match[str]) -> str:
        name, value = match.groups()
        if name == "srcset":
            sizes = (each.strip().partition(" ") for each in value.split(","))
            return f'srcset="{", ".join(f"{self._rooted(url)} {width}" for url, _blank, width in sizes)}"'
        return f'{name}="{self._rooted(value)}"'

    def _rooted(self, url: str) -> str:
        return absolute_url(url, self.context) if url.startswith("/") else url


@extend_schema_field({"type": "string"})
class ContentText(Stream):
    """Words, without any form."""

    def to_representation(self, stream: StreamValue) -> str:
        """Write the words, one line for each value."""
        return plain_text(stream)


class ContentExtension(OpenApiSerializerFieldExtension):
    """The blocks describe themselves."""

    target_class = ContentJSON

    def get_name(self) -> str:
        return "Content"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> Any:
        return content_stream_block().json_schema()
