"""Rows of lists keep an identity, so that a translation, a comparison or a comment finds them again.

Wagtail reads a bare list of values too, and gives its rows new ids at every reading.
"""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock


def with_item_ids(block: Block, raw: Any, place: str) -> Any:
    """Return a raw value whose lists hold items with an id; the ids of new rows follow from `place`."""
    if isinstance(block, ListBlock) and isinstance(raw, list):
        return [_item(block, row, f"{place}/{number}") for number, row in enumerate(raw)]
    if isinstance(block, StructBlock) and isinstance(raw, dict):
        children = block.child_blocks
        return {
            name: with_item_ids(children[name], value, f"{place}/{name}") if name in children else value
            for name, value in raw.items()
        }
    if isinstance(block, StreamBlock) and isinstance(raw, list):
        children = block.child_blocks
        return [
            {**item, "value": with_item_ids(children[item["type"]], item["value"], f"{place}/{item.get('id')}")}
            if item["type"] in children
            else item
            for item in raw
        ]
    return raw


def _item(block: ListBlock, row: Any, place: str) -> dict[str, Any]:
    item = row if block._item_is_in_block_format(row) else {"type": "item", "value": row}
    identity = item.get("id") or str(uuid5(NAMESPACE_URL, place))
    return {**item, "value": with_item_ids(block.child_block, item["value"], place), "id": identity}
