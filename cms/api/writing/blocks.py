"""The blocks of a body as other systems write them, turned into what the editor's form would post; and back.

A block is written as the read API shows it, with one difference: a file, picture or page is named by its number.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.translation import gettext as _
from wagtail import blocks

from blocks.base import json_schema_of, object_schema
from blocks.grid import GridBlock
from blocks.sealed import SALT, SealedBlock

from .refusals import BadField

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.utils.datastructures import MultiValueDict

    Posted = MultiValueDict[str, Any]
    Schema = dict[str, Any]

MOST_ROWS = 5_000
LARGEST_NUMBER = 2**31 - 1
DIGITS = 18
SCALAR = {"type": ["string", "number", "null"]}
ITEM = {"type", "value", "id"}


class Poster:
    """Fills in one form. `sealed` are the blocks of missing templates that the draft has: they may stay."""

    def __init__(self, data: Posted, sealed: Collection[str] = ()) -> None:
        self.data, self.sealed = data, sealed
        # Titles and numbers of documents: rows beside the page, posted when it is known what rows it has.
        self.attachments: list[tuple[str, int]] = []

    def post(self, block: Any, value: Any, prefix: str, path: str) -> None:
        """Write a value where the form expects it. Raises BadField."""
        post_value(block, value, self, prefix, path)

    def rows(self, values: Any, prefix: str, path: str) -> list[Any]:
        """Write how many rows there are; return them."""
        if not isinstance(values, list) or len(values) > MOST_ROWS:
            raise BadField(path, _("须是一个数组，至多 %(most)d 项。") % {"most": MOST_ROWS})
        self.data[f"{prefix}-count"] = str(len(values))
        for number in range(len(values)):
            self.data[f"{prefix}-{number}-deleted"] = ""
            self.data[f"{prefix}-{number}-order"] = str(number)
        return values


@singledispatch
def post_value(block: Any, value: Any, poster: Poster, prefix: str, path: str) -> None:
    """Post a value whose block nobody here knows."""
    raise BadField(path, _("这种内容不能由接口写入。"))


@post_value.register
def _post_stream(block: blocks.StreamBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    for number, item in enumerate(poster.rows(value, prefix, path)):
        here, there = f"{path}[{number}]", f"{prefix}-{number}"
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise BadField(here, words_of("object"))
        if not isinstance(item.get("id"), str | None):
            raise BadField(f"{here}.id", words_of("text"))
        kind = item["type"]
        poster.data[f"{there}-id"] = str(item.get("id") or "")[:36]
        if kind in block.child_blocks and not isinstance(block.child_blocks[kind], SealedBlock):
            if extra := item.keys() - ITEM:
                raise BadField(f"{here}.{min(extra)}", words_of("extra"))
            poster.data[f"{there}-type"] = kind
            poster.post(block.child_blocks[kind], item.get("value"), f"{there}-value", f"{here}.value")
        elif sealing(item) in poster.sealed:
            poster.data[f"{there}-type"] = "sealed"
            content = {"type": kind, "value": item.get("value")}
            poster.data[f"{there}-value"] = signing.dumps(content, salt=SALT, compress=True)
        else:
            raise BadField(f"{here}.type", words_of("type") % {"type": kind[:50]})


@post_value.register
def _post_struct(block: blocks.StructBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    if not isinstance(value, dict):
        raise BadField(path, words_of("object"))
    if extra := value.keys() - block.child_blocks.keys():
        raise BadField(f"{path}.{min(extra)}", words_of("extra"))
    for name, child in block.child_blocks.items():
        given = value.get(name)
        if given is None and isinstance(child, blocks.ListBlock | blocks.StructBlock):
            given = [] if isinstance(child, blocks.ListBlock) else {}
        poster.post(child, given, f"{prefix}-{name}", f"{path}.{name}")


@post_value.register
def _post_list(block: blocks.ListBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    for number, item in enumerate(poster.rows(value, prefix, path)):
        poster.data[f"{prefix}-{number}-id"] = ""
        poster.post(block.child_block, item, f"{prefix}-{number}-value", f"{path}[{number}]")


@post_value.register
def _post_field(block: blocks.FieldBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    poster.data[prefix] = scalar(value, path)


@post_value.register
def _post_boolean(block: blocks.BooleanBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    post_boolean(poster, prefix, value, path)


@post_value.register
def _post_html(block: blocks.RichTextBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    html = scalar(value, path)
    try:
        poster.data[prefix] = block.field.widget.format_value(html)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise BadField(path, words_of("html")) from error


@post_value.register
def _post_choice(block: blocks.ChooserBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    number = chosen(value, path)
    if number and not block.model_class._default_manager.filter(pk=number).exists():
        raise BadField(path, words_of("missing") % {"number": number})
    poster.data[prefix] = str(number or "")


@post_value.register
def _post_table(block: GridBlock, value: Any, poster: Poster, prefix: str, path: str) -> None:
    if value is None:
        poster.data[prefix] = json.dumps(block.get_default())
        return
    if not isinstance(value, dict) or value.keys() - {"caption", "columns", "rows"}:
        raise BadField(path, words_of("table"))
    columns, rows = value.get("columns", []), value.get("rows", [])
    lines: list[Any] = [columns, *rows] if isinstance(rows, list) else [None]
    if any(not isinstance(line, list) for line in lines):
        raise BadField(path, words_of("table"))
    cells: Any = [[scalar(cell, path) for cell in line] for line in lines]
    shown = {"caption": scalar(value.get("caption"), path), "columns": cells[0], "rows": cells[1:]}
    poster.data[prefix] = json.dumps(block.normalize(shown))


def post_boolean(poster: Poster, name: str, value: Any, path: str) -> None:
    """Tick a box, or leave it. Raises BadField."""
    if not isinstance(value, bool | None):
        raise BadField(path, words_of("boolean"))
    if value:
        poster.data[name] = "on"


def text(value: Any, path: str) -> str:
    """Return a text, or nothing as an empty one. Raises BadField."""
    if not isinstance(value, str | None):
        raise BadField(path, words_of("text"))
    return value or ""


def scalar(value: Any, path: str) -> str:
    """Return a text, number or nothing as a form posts it. Raises BadField."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadField(path, words_of("scalar"))
    # A number of a few characters may stand for one of millions of digits.
    if not isinstance(value, str) and not -DIGITS < Decimal(value).adjusted() < DIGITS:
        raise BadField(path, words_of("number"))
    return value if isinstance(value, str) else format(Decimal(value), "f")


def chosen(value: Any, path: str) -> int | None:
    """Return the number of what is chosen: a number, or an object that has it in `id`. Raises BadField."""
    number = value.get("id") if isinstance(value, dict) else value
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= LARGEST_NUMBER:
        raise BadField(path, words_of("number"))
    return number


def words_of(name: str) -> str:
    """Return the sentence for a value of the wrong shape."""
    return {
        "object": _("须是一个 JSON 对象。"),
        "extra": _("没有这个字段。"),
        "type": _("没有名为“%(type)s”的内容块。"),
        "text": _("须是文字或 null。"),
        "boolean": _("须是 true 或 false。"),
        "html": _("不是可以接受的 HTML。"),
        "missing": _("没有编号为 %(number)d 的文件、图片或页面。"),
        "table": _('表格写作 {"caption": "…", "columns": ["…"], "rows": [["…"]]}。'),
        "scalar": _("须是文字、数字或 null。"),
        "number": _("不是可以接受的编号或数字。"),
    }[name]


def sealing(item: dict[str, Any]) -> str:
    """Return what two sealed blocks have in common when they are the same."""
    return json.dumps([item.get("type"), item.get("value")], sort_keys=True, default=str)


def written_stream(block: blocks.StreamBlock, raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a stored stream as it is written here."""
    return [
        {"type": each["type"], "value": _written(block.child_blocks.get(each["type"]), each["value"]), "id": each["id"]}
        for each in raw
    ]


def _written(block: Any, raw: Any) -> Any:
    if isinstance(block, GridBlock):
        return block.get_api_representation(block.to_python(raw))
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        return {name: _written(child, raw.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        items = (each["value"] if isinstance(each, dict) and each.get("type") == "item" else each for each in raw)
        return [_written(block.child_block, each) for each in items]
    return raw


def schema_of(block: Any) -> Schema:
    """Describe what is written for a block (JSON Schema 2020-12)."""
    if isinstance(block, blocks.FieldBlock):
        return _field_schema(block)
    if isinstance(block, blocks.StreamBlock):
        known = {name: each for name, each in block.child_blocks.items() if not isinstance(each, SealedBlock)}
        return {"type": "array", "items": {"oneOf": [_item_schema(name, each) for name, each in known.items()]}}
    if isinstance(block, blocks.ListBlock):
        return {"type": "array", "items": schema_of(block.child_block)}
    properties = {name: _child_schema(child) for name, child in block.child_blocks.items()}
    return {**object_schema(properties), "required": []}


def _field_schema(block: Any) -> Schema:
    if isinstance(block, blocks.ChooserBlock):
        return {"type": ["integer", "null"], "minimum": 1, "maximum": LARGEST_NUMBER}
    if isinstance(block, GridBlock):
        return {"oneOf": [_table_schema(), {"type": "null"}]}
    if isinstance(block, blocks.BooleanBlock):
        return {"type": ["boolean", "null"]}
    return SCALAR | {name: value for name, value in json_schema_of(block).items() if name == "contentMediaType"}


def _table_schema() -> Schema:
    words: Schema = {"type": "array", "items": SCALAR}
    table: Schema = {"caption": SCALAR, "columns": words, "rows": {"type": "array", "items": words}}
    return {**object_schema(table), "required": []}


def _child_schema(block: Any) -> Schema:
    """Describe a value within a block: lists and records may be absent."""
    schema = schema_of(block)
    is_whole = isinstance(block, blocks.ListBlock | blocks.StructBlock)
    return {"anyOf": [schema, {"type": "null"}]} if is_whole else schema


def _item_schema(name: str, block: Any) -> Schema:
    properties = {"type": {"const": name}, "value": schema_of(block), "id": {"type": ["string", "null"]}}
    return {**object_schema(properties), "required": ["type", "value"]}
