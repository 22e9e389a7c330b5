"""Rows and columns pasted from a spreadsheet, with a caption and a heading for each column.

Wagtail's TableBlock: one hidden field however many rows, and a selection copied in WPS or Excel can be pasted into it.
Here it speaks Chinese, insists on headings and a caption, and survives whatever is posted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.telepath import register
from wagtail.contrib.table_block.blocks import TableBlock, TableInput, TableInputAdapter
from wagtail_localize.segments import StringSegmentValue

from .base import STRING, Schema, object_schema
from .links import Context

MAX_ROWS = 3000
MAX_COLUMNS = 30
MENU = {
    "row_above": gettext_lazy("在上方插入行"),
    "row_below": gettext_lazy("在下方插入行"),
    "col_left": gettext_lazy("在左侧插入列"),
    "col_right": gettext_lazy("在右侧插入列"),
    "remove_row": gettext_lazy("删除行"),
    "remove_col": gettext_lazy("删除列"),
    "undo": gettext_lazy("撤销"),
    "redo": gettext_lazy("重做"),
}
EMPTY = {
    "data": [["", "", ""], ["", "", ""], ["", "", ""]],
    "cell": [],
    "mergeCells": [],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_header_choice": "row",
    "table_caption": "",
}


class GridInput(TableInput):
    """The spreadsheet in the form."""


class GridInputAdapter(TableInputAdapter):
    """Names what Wagtail's Chinese catalogue leaves in English."""

    def js_args(self, widget: GridInput) -> list[Any]:
        """Return options and labels."""
        items = {key: {"name": str(name)} for key, name in MENU.items()}
        labels = {
            "Table headers": _("表头"),
            "Select a header option": _("请选择"),
            "Display the first row as a header": _("首行是表头"),
            "Display the first column as a header": _("首列是表头"),
            "Display the first row AND first column as headers": _("首行和首列都是表头"),
            "No headers": _("没有表头"),
            "Which cells should be displayed as headers?": _(
                "在 WPS 表格或 Excel 里选中、复制，点一下左上角的格子再粘贴。"
            ),
            "Table caption": _("表格标题"),
            "A heading that identifies the overall topic of the table, and is useful for screen reader users.": _(
                "一句话说明这张表是什么，例如：2026年11月抄表计划。"
            ),
        }
        options, strings = super().js_args(widget)
        return [options | {"contextMenu": {"items": items}}, strings | labels]


register(GridInputAdapter(), GridInput)


class GridBlock(TableBlock):
    """A table of text with caption and column headings."""

    def __init__(self, **kwargs: Any) -> None:
        # Handsontable knows no zh-hans and would complain in the console.
        super().__init__(table_options={"language": "en-US", "renderer": "text"}, **kwargs)

    @cached_property
    def field(self) -> forms.CharField:
        """Wrap the value in one hidden input."""
        return forms.CharField(widget=GridInput(table_options=self.table_options), **self.field_options)

    def get_default(self) -> dict[str, Any]:
        """Begin with three rows and three columns, the first row being the heading."""
        return json.loads(json.dumps(EMPTY))

    def value_from_form(self, value: Any) -> dict[str, Any] | None:
        """Read the posted JSON; what is not ours is nothing."""
        try:
            return self.to_python(json.loads(value))
        except (TypeError, ValueError):
            return None

    def normalize(self, value: Any) -> dict[str, Any] | None:
        """Accept `{"caption", "columns", "rows"}`, as the API shows it, beside the stored form."""
        if isinstance(value, dict) and "columns" in value:
            rows = [value["columns"], *value.get("rows", [])]
            value = {**self.get_default(), "data": rows, "table_caption": value.get("caption", "")}
        return self.to_python(value)

    def to_python(self, value: Any) -> dict[str, Any] | None:
        """Make every cell a string and every row as long as the longest."""
        if not isinstance(value, dict) or not isinstance(value.get("data"), list):
            return None
        rows = [row if isinstance(row, list) else [] for row in value["data"]]
        width = max(map(len, rows), default=0)
        cells = [[_cell(each) for each in row] + [""] * (width - len(row)) for row in rows]
        return super().to_python({**value, "data": cells})

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Drop empty rows and columns; ask for a caption, headings and at least one row."""
        cleaned = super().clean(self.to_python(value)) or self.get_default()
        cleaned = {**cleaned, "data": _without_blanks(cleaned["data"])}
        problem = None if self.is_deferred_validation else _problem(cleaned, self.required)
        if problem:
            raise ValidationError(problem)
        return cleaned

    def get_prep_value(self, value: Any) -> dict[str, Any] | None:
        """Store a copy: the stored rows are not to change behind the revision's back."""
        return None if value is None else json.loads(json.dumps(value))

    def get_api_representation(self, value: Any, context: Context = None) -> dict[str, Any]:
        """Show caption, column headings and rows of strings."""
        headings, rows = split_headings(value)
        return {"caption": (value or {}).get("table_caption") or "", "columns": headings, "rows": rows}

    def json_schema(self) -> Schema:
        """Describe the table."""
        words = {"type": "array", "items": STRING}
        return object_schema({"caption": STRING, "columns": words, "rows": {"type": "array", "items": words}})

    def get_plain_text(self, value: Any) -> str:
        """Write the caption and one line per row."""
        lines = [(value or {}).get("table_caption") or ""]
        lines += ["　".join(filter(None, row)) for row in (value or {}).get("data", [])]
        return "\n".join(filter(None, lines))

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the words of the table."""
        return self.get_plain_text(value).splitlines()

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """Offer the caption and every cell with words in it for translation (wagtail-localize)."""
        return [StringSegmentValue(path, text) for path, text in _texts(value)]

    def restore_translated_segments(self, value: Any, segments: list[StringSegmentValue]) -> dict[str, Any]:
        """Put translated texts back where they came from."""
        translated = self.get_prep_value(value) or self.get_default()
        for segment in segments:
            if segment.path == "caption":
                translated["table_caption"] = segment.render_text()
            else:
                row, column = map(int, segment.path.split("-"))
                translated["data"][row][column] = segment.render_text()
        return translated

    class Meta:
        icon = "table"
        template = "blocks/grid.html"


def split_headings(value: Any) -> tuple[list[str], list[list[str]]]:
    """Part the heading row from the rows."""
    data = (value or {}).get("data", [])
    if data and value.get("table_header_choice") in ("row", "both"):
        return data[0], data[1:]
    return [], data


def _cell(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _without_blanks(data: list[list[str]]) -> list[list[str]]:
    rows = [row for row in data if any(row)]
    kept = [index for index, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return [[row[index] for index in kept] for row in rows]


def _problem(value: dict[str, Any], required: bool) -> str | None:
    headings, rows = split_headings(value)
    if not value["data"]:
        return _("表格是空的。") if required else None
    if not headings:
        return _("表格要有表头：请把“表头”选为“首行是表头”。")
    if "" in headings:
        return _("第 %(column)d 列没有列名。") % {"column": headings.index("") + 1}
    if not rows:
        return _("表格只有表头，没有内容。")
    if len(rows) > MAX_ROWS or len(headings) > MAX_COLUMNS:
        return _("表格最多 %(rows)d 行、%(columns)d 列，更大的请作为文件上传。") % {
            "rows": MAX_ROWS,
            "columns": MAX_COLUMNS,
        }
    return None if value.get("table_caption") else _("请填写表格标题。")


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    if value and value.get("table_caption"):
        yield "caption", value["table_caption"]
    for row, cells in enumerate((value or {}).get("data", [])):
        for column, text in enumerate(cells):
            if any(map(str.isalpha, text)):
                yield f"{row}-{column}", text
