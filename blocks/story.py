"""The blocks of a disclosure in their order, with those industry plugins bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks
from wagtail.blocks import Block

from .announcement import AnnouncementBlock
from .annual import AnnualReportBlock
from .article import ArticleBlock
from .base import joined, plain_text_of
from .contacts import OutletListBlock, PhoneListBlock
from .documents import DocumentListBlock, FormBlock
from .faq import FaqBlock
from .fees import FeeTableBlock
from .image import ImageContentBlock
from .kinds import ContentKind
from .names import NameListBlock
from .procedure import ProcedureBlock
from .quality import QualityReportBlock
from .schedule import ScheduleBlock
from .sealed import SealingStreamBlock, unknown_types
from .service import ServiceLinkBlock
from .table import TableContentBlock
from .text import TextContentBlock

HOOK = "register_industry_template"
_read: ContextVar[dict[int, tuple[Any, str]] | None] = ContextVar("read", default=None)


class ContentStreamBlock(SealingStreamBlock):
    """What a disclosure may consist of.

    Built once for each field, on first access (`blocks.fields`), when the plugins have registered theirs.
    """

    text = TextContentBlock()
    article = ArticleBlock()
    image = ImageContentBlock()
    announcement = AnnouncementBlock()
    faq = FaqBlock()
    fee_table = FeeTableBlock()
    table = TableContentBlock()
    schedule = ScheduleBlock()
    quality_report = QualityReportBlock()
    name_list = NameListBlock()
    procedure = ProcedureBlock()
    service_link = ServiceLinkBlock()
    phone_list = PhoneListBlock()
    outlet_list = OutletListBlock()
    document_list = DocumentListBlock()
    form = FormBlock()
    annual_report = AnnualReportBlock()

    def __init__(self, local_blocks: Iterable[tuple[str, Block]] | None = None, **kwargs: Any) -> None:
        brought = [*(local_blocks or ()), *plugin_blocks()]
        names = [*self.base_blocks, *(name for name, _block in brought)]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ImproperlyConfigured(f"Two blocks are named {', '.join(sorted(twice))}; a name is for ever.")
        super().__init__(brought, **kwargs)


def plugin_blocks() -> Iterator[tuple[str, Block]]:
    """Yield the blocks of the industry templates, by code, so that every process builds the same stream."""
    templates = [register_template() for register_template in hooks.get_hooks(HOOK)]
    for template in sorted(templates, key=lambda template: getattr(template, "code", "")):
        for name, block in template.blocks:
            yield name, block() if isinstance(block, type) else block


@cache
def content_stream_block() -> ContentStreamBlock:
    """Return the blocks there are, for questions about them."""
    return ContentStreamBlock()


def block_names_for(kind: ContentKind | str) -> tuple[str, ...]:
    """Return the names of the blocks that fulfil a content kind, in the order of the form."""
    blocks = content_stream_block().child_blocks
    return tuple(name for name, block in blocks.items() if kind in getattr(block, "content_kinds", ()))


def sealed_types(raw_stream: Iterable[dict[str, Any]]) -> set[str]:
    """Return the block types in a raw stream that no built-in block and no installed plugin can read."""
    return unknown_types(raw_stream, content_stream_block())


def plain_text(stream: Iterable[Any]) -> str:
    """Return the words of a stream value, blocks parted by an empty line, for search and exports."""
    read = _read.get()
    if read is not None and id(stream) in read:
        return read[id(stream)][1]
    words = joined([plain_text_of(child.block, child.value) for child in stream], "\n\n")
    if read is not None:
        # The stream stands beside its words, so that no other one gets its number.
        read[id(stream)] = (stream, words)
    return words


@contextmanager
def reading_once() -> Iterator[None]:
    """Within, ask each stream for its words once, however many pages hold it. None may change meanwhile."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)
