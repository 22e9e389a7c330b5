"""A StreamField whose blocks are code, not schema."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from .sealed import SealingStreamBlock
from .story import ContentStreamBlock


class ContentStreamField(StreamField):
    """A stream of content that stays out of migrations and loses no block.

    The block is built on first access, not before all models are loaded: plugins bring blocks of their own.
    """

    def __init__(self, block_types: Any = ContentStreamBlock, **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        """Build the block."""
        apps.check_models_ready()
        block = super().stream_block
        if not isinstance(block, SealingStreamBlock):
            raise TypeError("ContentStreamField takes a SealingStreamBlock: any other would drop unknown blocks.")
        return block

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave the blocks out: a new block is no migration."""
        # StreamField's own deconstruct() would build them.
        name, path, args, kwargs = super(StreamField, self).deconstruct()
        return name, path, list(args), kwargs

    def clone(self) -> ContentStreamField:
        """Copy the field with its blocks, which deconstruct() left out."""
        _name, _path, _args, kwargs = self.deconstruct()
        return type(self)(self.block_types_arg, **kwargs)
