"""What every block of a disclosure owes its readers: HTML, JSON, JSON Schema, plain text, a label, its kinds.

Three functions read any block, ours or Wagtail's own: `json_of`, `json_schema_of`, `plain_text_of`. A block that
knows better says so by a method: `get_api_representation`, `json_schema`, `get_plain_text`.
`RecordBlock` is a row inside a block, `ContentBlock` a block that stands in the stream by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .kinds import ContentKind
from .links import Context
from .writing import local_time, written_date

Schema = dict[str, Any]

WORDS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
    blocks.RegexBlock,
    blocks.ChoiceBlock,
)
STRING: Schema = {"type": "string"}
SCALARS: dict[type[blocks.Block], Schema] = {
    blocks.CharBlock: STRING,
    blocks.TextBlock: STRING,
    blocks.RegexBlock: STRING,
    blocks.EmailBlock: STRING,
    blocks.URLBlock: STRING,
    blocks.BooleanBlock: {"type": "boolean"},
    blocks.IntegerBlock: {"type": ["integer", "null"]},
    blocks.FloatBlock: {"type": ["number", "null"]},
    blocks.DecimalBlock: {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    blocks.DateBlock: {"type": ["string", "null"], "format": "date"},
    blocks.TimeBlock: {"type": ["string", "null"], "format": "time"},
    blocks.DateTimeBlock: {"type": ["string", "null"], "format": "date-time"},
    blocks.ChoiceBlock: STRING,
    blocks.MultipleChoiceBlock: {"type": "array", "items": STRING},
    blocks.StaticBlock: {"type": "null"},
}


def as_json(value: Any) -> Any:
    """Turn decimals, dates and times into strings, however deep: a JSON number would lose the exact price."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return local_time(value).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def json_of(block: blocks.Block, value: Any, context: Context = None) -> Any:
    """Return what `block` shows of `value` to other sites."""
    if value is None and isinstance(block, WORDS):
        return ""
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    return as_json(block.get_api_representation(value, context=context))


def json_schema_of(block: blocks.Block) -> Schema:
    """Describe what `json_of` returns for `block` (JSON Schema 2020-12).

    Raises ImproperlyConfigured for a block whose JSON nobody has described, such as Wagtail's own choosers: they
    would show a bare id.
    """
    if hasattr(block, "json_schema"):
        return block.json_schema()
    if isinstance(block, blocks.ListBlock):
        return {"type": "array", "items": json_schema_of(block.child_block)}
    if isinstance(block, blocks.StructBlock):
        return object_schema({name: json_schema_of(child) for name, child in block.child_blocks.items()})
    for ancestor in type(block).__mro__:
        if ancestor in SCALARS:
            return dict(SCALARS[ancestor])
    raise ImproperlyConfigured(f"{type(block).__name__} needs a json_schema() that describes its API representation.")


def object_schema(properties: dict[str, Schema]) -> Schema:
    """Describe an object that has exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def plain_text_of(block: blocks.Block, value: Any) -> str:
    """Return the words of `value`, one line per row, for search and exports."""
    if hasattr(block, "get_plain_text"):
        return block.get_plain_text(value)
    if value is None or value == "":
        return ""
    if isinstance(block, blocks.ListBlock):
        return joined(plain_text_of(block.child_block, item) for item in value)
    if isinstance(block, blocks.StructBlock):
        return joined(labelled_text(child, value.get(name)) for name, child in block.child_blocks.items())
    return scalar_text(block, value)


def scalar_text(block: blocks.Block, value: Any) -> str:
    """Return a single value as people read it: the label of a choice, not its code."""
    if isinstance(block, blocks.BooleanBlock):
        return _("是") if value else ""
    if isinstance(block, blocks.ChoiceBlock):
        return force_str(dict(block.field.choices).get(value, value))
    if isinstance(value, datetime.date):
        return written_date(value)
    return force_str(as_json(value))


def labelled_text(block: blocks.Block, value: Any) -> str:
    """Put the label before a number, a date or a yes, which say nothing without it; words speak for themselves."""
    text = plain_text_of(block, value)
    speaks = isinstance(value, str | list) or not isinstance(block, blocks.FieldBlock) or hasattr(block, "json_schema")
    return text if speaks or not text else f"{block.label}：{text}"


def joined(texts: Iterator[str] | list[str], by: str = "\n") -> str:
    """Join what is not empty."""
    return by.join(text for text in texts if text)


class RecordValue(blocks.StructValue):
    """The values of a record, all of them there: what was not stored has its default, no words are an empty string."""

    def __init__(self, block: blocks.StructBlock, *args: Any) -> None:
        super().__init__(block, *args)
        for name, child in block.child_blocks.items():
            value = self[name] if name in self else child.get_default()
            self[name] = "" if value is None and isinstance(child, WORDS) else value


class RecordBlock(blocks.StructBlock):
    """A row: named values that belong together. Exact in JSON, one line in plain text."""

    def get_api_representation(self, value: Any, context: Context = None) -> dict[str, Any]:
        """Show every value, in the order of the form."""
        return {name: json_of(child, value.get(name), context) for name, child in self.child_blocks.items()}

    def json_schema(self) -> Schema:
        """Describe the record."""
        return object_schema({name: json_schema_of(child) for name, child in self.child_blocks.items()})

    def get_plain_text(self, value: Any) -> str:
        """Write the record in one line."""
        return joined(self.texts(value), "　")

    def texts(self, value: Any) -> Iterator[str]:
        """Yield the text of each value."""
        for name, child in self.child_blocks.items():
            yield labelled_text(child, value.get(name))

    def clean(self, value: Any) -> Any:
        """Clean the values, then look at them together; a draft may contradict itself, a submission may not."""
        cleaned = super().clean(value)
        errors = {} if self.is_deferred_validation else self.contradictions(cleaned)
        if errors:
            raise StructBlockValidationError(
                block_errors={name: ValidationError(text) for name, text in errors.items()}
            )
        return cleaned

    def contradictions(self, value: Any) -> dict[str, str]:
        """Return a message per child whose value does not fit the others."""
        return {}

    class Meta:
        value_class = RecordValue


class Content:
    """What makes a block a shape of content: the kinds it fulfils, and a template of its name."""

    content_kinds: ClassVar[tuple[ContentKind, ...]] = ()

    def get_template(self, value: Any = None, context: Any = None) -> str:
        """Find `blocks/<name>.html` unless Meta names another."""
        return getattr(self.meta, "template", None) or f"blocks/{self.name}.html"  # type: ignore[attr-defined]


class ContentBlock(Content, RecordBlock):
    """A shape of content that stands in the stream: one line of plain text per value."""

    def get_plain_text(self, value: Any) -> str:
        """Write one line per value."""
        return joined(self.texts(value))
