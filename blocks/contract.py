"""What a plugin's block must fulfil, asked of it by the plugin's own tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import Block

from .base import json_schema_of

NAME = re.compile(r"[a-z][a-z0-9_]*")
CHINESE = re.compile("[\u4e00-\u9fff]")


def contract_errors(name: str, block: Block) -> Iterator[str]:
    """Yield what `block` still owes its readers; nothing when it may stand in a disclosure."""
    block.set_name(name)
    if not NAME.fullmatch(name):
        yield f"{name}: the name is lower-case ASCII, and for ever"
    if not CHINESE.search(str(block.label)):
        yield f"{name}: Meta.label has no Chinese"
    if not hasattr(block, "content_kinds"):
        yield f"{name}: content_kinds are not declared (inherit from blocks.base.Content)"
    try:
        json_schema_of(block)
    except ImproperlyConfigured as error:
        yield f"{name}: {error}"
    try:
        get_template(block.get_template() or "")
    except TemplateDoesNotExist:
        yield f"{name}: template {block.get_template()} does not exist"
