"""The words of a template: Chinese, and translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from wagtail.blocks import Block, ListBlock, StructBlock

from pages.models import UnitPage

CHINESE = re.compile("[\u4e00-\u9fff]")


def page_words(page_type: type[UnitPage]) -> Iterator[Any]:
    """Yield the names a reader or an editor sees of a page type and of its typed fields."""
    yield page_type._meta.verbose_name
    yield page_type._meta.verbose_name_plural
    for name in page_type.profile_fields:
        field = page_type._meta.get_field(name)
        yield field.verbose_name
        yield field.help_text
        for _code, label in field.choices or ():
            yield label


def block_words(block: Block) -> Iterator[Any]:
    """Yield the labels and help texts of a block and of those within it."""
    yield block.label
    yield getattr(block.meta, "help_text", None)
    if isinstance(block, ListBlock):
        yield from block_words(block.child_block)
    elif isinstance(block, StructBlock):
        for child in block.child_blocks.values():
            yield from block_words(child)


def untranslated(words: Iterator[Any]) -> list[str]:
    """Return the words that are still Chinese when English is read."""
    with translation.override("en"):
        return sorted({str(word) for word in words if word and CHINESE.search(str(word))})
