"""A stream whose text stays readable when its files and pictures have left the public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.html import format_html_join
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from .base import plain_text_of

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue

TEXT = "text"


def without_files(stream: StreamValue) -> StreamValue:
    """Put the words of a block in the place of one that shows a file or a picture; changes and returns the stream."""
    models = (get_image_model(), get_document_model())
    files = {ContentType.objects.get_for_model(model).pk for model in models} | set(models)
    for index, child in enumerate(list(stream)):
        if child.block_type != TEXT and _shows(child, files):
            stream[index] = (TEXT, RichText(_paragraphs(plain_text_of(child.block, child.value))))
    return stream


def _shows(child: Any, files: set[Any]) -> bool:
    return any(kind in files for kind, *_ in child.block.extract_references(child.value))


def _paragraphs(text: str) -> str:
    return format_html_join("", "<p>{}</p>", ((line,) for line in text.splitlines() if line.strip()))
