"""Content whose block is gone is kept as it is: sealed.

Wagtail drops blocks of unknown type when a stream is read, and the next save makes that final. For a public record
that is destruction. A `SealingStreamBlock` reads such a block as one of type `sealed`, whose value is the original
type and raw value, and writes it back exactly as it was. With the plugin installed again it is an ordinary block.
An editor may still delete a sealed block on purpose; the revisions keep it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import Adapter, register
from wagtail.blocks import Block, StreamBlock, StreamValue
from wagtail.blocks.stream_block import StreamBlockAdapter, StreamBlockValidationError

from .base import Content, Schema, json_of, json_schema_of, object_schema
from .items import with_item_ids
from .links import Context

SEALED = "sealed"
SALT = "blocks.sealed"
STRING_OR_NULL: Schema = {"type": ["string", "null"]}


def stream_error(sentence: str) -> StreamBlockValidationError:
    """Make an error of a whole stream; Wagtail's own says in English that there is one, where errors are listed."""
    error = StreamBlockValidationError(non_block_errors=[sentence])
    error.message = sentence
    return error


@dataclass(frozen=True)
class SealedValue:
    """The type and raw value of a block nobody here can read."""

    block_type: str
    raw: Any


class SealedBlock(Content, Block):
    """A read-only box in the form, a quiet note in public, the raw value in the API."""

    def to_python(self, value: Any) -> SealedValue:
        """Read `{"type", "value"}`."""
        return value if isinstance(value, SealedValue) else SealedValue(value["type"], value["value"])

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """Write `{"type", "value"}`."""
        return {"type": value.block_type, "value": value.raw}

    def get_default(self) -> SealedValue:
        """Return an empty value: the form asks every block for one, though this one cannot be added."""
        return SealedValue("", None)

    def get_form_state(self, value: Any) -> dict[str, str]:
        """Send the value signed: what comes back is either the same or refused."""
        return {"type": value.block_type, "signed": signing.dumps(self.get_prep_value(value), salt=SALT, compress=True)}

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> SealedValue:
        """Read the signed value back; what was tampered with has no type and is refused by `clean`."""
        try:
            return self.to_python(signing.loads(data.get(prefix, ""), salt=SALT))
        except signing.BadSignature:
            return self.get_default()

    def value_omitted_from_data(self, data: Any, files: Any, prefix: str) -> bool:
        """Tell whether the form left it out."""
        return prefix not in data

    def clean(self, value: Any) -> SealedValue:
        """Refuse a value that was changed on its way."""
        if not value.block_type:
            raise ValidationError(_("封存的内容在提交时被改动，没有保存。请重新打开本页再试。"))
        return value

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Name the missing template; shown when revisions are compared."""
        return _("模板缺失：%(type)s") % {"type": value.block_type}

    def get_plain_text(self, value: Any) -> str:
        """Say nothing: what the public cannot read, search does not find."""
        return ""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Offer nothing for translation (wagtail-localize)."""
        return []

    class Meta:
        label = gettext_lazy("封存的内容")
        icon = "lock"


class SealedBlockAdapter(Adapter):
    """Sends the box to the form."""

    js_constructor = "blocks.SealedBlock"

    def js_args(self, block: SealedBlock) -> list[Any]:
        """Return name, presentation and words."""
        meta = {"label": block.label, "icon": block.meta.icon, "blockDefId": block.definition_prefix}
        words = {
            "missing": _("模板缺失："),
            "note": _("制作这部分内容的行业模板已停用。内容原样保存，保存本页不会丢失；模板恢复后照常显示。"),
        }
        return [block.name, meta, words]

    @cached_property
    def media(self) -> forms.Media:
        """Name the script."""
        return forms.Media(js=[versioned_static("wagtailadmin/js/telepath/blocks.js"), "blocks/sealed.js"])


register(SealedBlockAdapter(), SealedBlock)


class SealingStreamBlock(StreamBlock):
    """A stream that loses nothing. Base of every stream of ours."""

    sealed = SealedBlock()

    def to_python(self, value: Any) -> StreamValue:
        """Seal what is unknown before Wagtail drops it."""
        if isinstance(value, str):
            # A revision hands over JSON; text that is no JSON is Wagtail's to keep.
            with suppress(ValueError):
                value = json.loads(value)
        return super().to_python(self._seal(value) if _is_raw(value) else value)

    def bulk_to_python(self, values: Any) -> list[StreamValue]:
        """Seal what is unknown in each stream."""
        return super().bulk_to_python([self._seal(value) for value in values])

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        """Write sealed blocks back under their own type, and every row of a list with its id."""
        return [_unseal(item) for item in with_item_ids(self, super().get_prep_value(value), "")]

    def get_api_representation(self, value: Any, context: Context = None) -> list[dict[str, Any]]:
        """Show type, value and id of every block; a sealed one says so and shows its raw value."""
        return [self._child_json(child, context) for child in value or ()]

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Put block after block with nothing around them: the stylesheet speaks of neighbours."""
        return format_html_join("\n", "{}", ((child.render(context=context),) for child in value))

    def json_schema(self) -> Schema:
        """Describe the list: one alternative for each block, one for what is sealed."""
        known = [_child_schema(n, json_schema_of(b)) for n, b in self.child_blocks.items() if n != SEALED]
        raw: dict[str, Schema] = {
            "type": {"type": "string"},
            "sealed": {"const": True},
            "value": {},
            "id": STRING_OR_NULL,
        }
        return {"type": "array", "items": {"oneOf": [*known, object_schema(raw)]}}

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        """Remember posted blocks of unknown type: the form is older than the plugin's departure."""
        try:
            return self._posted(data, files, prefix)
        except (KeyError, TypeError, ValueError):
            # No form of ours: counts, types or orders are missing or no numbers. `clean` refuses it.
            value = StreamValue(self, [])
            value.incomplete = True
            return value

    def _posted(self, data: Any, files: Any, prefix: str) -> StreamValue:
        value = super().value_from_datadict(data, files, prefix)
        places = [f"{prefix}-{index}" for index in range(int(data[f"{prefix}-count"]))]
        posted = {data[f"{place}-type"] for place in places if not data[f"{place}-deleted"]}
        value.unreadable = posted - self.child_blocks.keys()
        return value

    def clean(self, value: Any) -> StreamValue:
        """Refuse to save a form that holds what can no longer be read, or that came in pieces."""
        if getattr(value, "incomplete", False):
            raise stream_error(_("正文没有完整提交，没有保存。请重新打开本页再试。"))
        if types := getattr(value, "unreadable", None):
            names = _("、").join(sorted(types))
            message = _("本页打开期间，模板“%(types)s”被停用，这部分内容没有保存。请重新打开本页再试。")
            raise stream_error(message % {"types": names})
        try:
            return super().clean(value)
        except StreamBlockValidationError as error:
            error.message = " ".join(error.non_block_errors) or _("有内容块没有填对，请看标红的各处。")
            raise

    def _seal(self, stream: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [item if item["type"] in self.child_blocks else _sealed(item) for item in stream]

    def _child_json(self, child: Any, context: Context) -> dict[str, Any]:
        if child.block_type == SEALED:
            return {"type": child.value.block_type, "sealed": True, "value": child.value.raw, "id": child.id}
        return {"type": child.block_type, "value": json_of(child.block, child.value, context), "id": child.id}


class SealingStreamBlockAdapter(StreamBlockAdapter):
    """Keeps the sealed block out of the menu of blocks one can add."""

    js_constructor = "blocks.SealingStreamBlock"

    @cached_property
    def media(self) -> forms.Media:
        """Add the script."""
        return super().media + forms.Media(js=["blocks/sealed.js"])


register(SealingStreamBlockAdapter(), SealingStreamBlock)


def unknown_types(raw_stream: Iterable[dict[str, Any]], stream_block: StreamBlock) -> set[str]:
    """Return the types in a raw stream that `stream_block` has no block for."""
    return {item["type"] for item in raw_stream} - stream_block.child_blocks.keys()


def _is_raw(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _sealed(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "type": SEALED, "value": {"type": item["type"], "value": item.get("value")}}


def _unseal(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, **item["value"]} if item["type"] == SEALED else item


def _child_schema(name: str, schema: Schema) -> Schema:
    return object_schema({"type": {"const": name}, "value": schema, "id": STRING_OR_NULL})
