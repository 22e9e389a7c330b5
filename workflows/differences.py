"""What a draft changes in what is public: line by line, in the words of the form.

Which fields are compared is asked of Wagtail (the comparisons of the edit form's panels); how a change is shown is
said here: short values side by side, long texts in one with the changes marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import ChildRelationComparison, FieldComparison, M2MFieldComparison, StreamFieldComparison
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock

from blocks.base import plain_text_of
from blocks.writing import written_date

from .redline import redline

# Longer texts are shown in one, with the changes marked.
SIDE_BY_SIDE_LIMIT = 40


@dataclass(frozen=True)
class Change:
    """One change: short values as `before` and `after`, a long text as `marked`."""

    label: str
    before: str = ""
    after: str = ""
    marked: SafeString | None = None


@dataclass(frozen=True)
class _Leaf:
    """A single value within a stream: what it is called, its words, and what is stored."""

    label: str
    text: str
    stored: Any


def changes(public: Any, draft: Any, request: Any) -> list[Change]:
    """Return what the draft changes in the public version, in the order of the form."""
    panel = draft.get_edit_handler().get_bound_panel(instance=draft, request=request, form=None)
    compared = (comparison(public, draft) for comparison in panel.get_comparison())
    return [change for comparison in compared if comparison.has_changed() for change in _of_field(comparison)]


def _of_field(comparison: Any) -> Iterator[Change]:
    if isinstance(comparison, ChildRelationComparison):
        yield from _of_rows(comparison)
    elif isinstance(comparison, StreamFieldComparison):
        yield from _of_stream(comparison)
    else:
        yield _change(str(comparison.field_label()), *_values(comparison))


def _change(label: str, before: str, after: str) -> Change:
    if before == after:
        return Change(label, marked=SafeString(_("文字未变，格式、链接或所选对象有变化，请看全文。")))
    if before and after and (max(len(before), len(after)) > SIDE_BY_SIDE_LIMIT or "\n" in before + after):
        return Change(label, marked=redline(before, after))
    return Change(label, before, after)


def _values(comparison: FieldComparison) -> tuple[str, str]:
    if isinstance(comparison, M2MFieldComparison):
        before, after = comparison.get_items()
        return "、".join(map(str, before)), "、".join(map(str, after))
    return _shown(comparison.field, comparison.val_a), _shown(comparison.field, comparison.val_b)


def _shown(field: Any, value: Any) -> str:
    if value in (None, ""):
        return ""
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, models.DateField):  # date and time too
        return written_date(value)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


def _of_rows(comparison: Any) -> Iterator[Change]:
    """Changes of rows that hang on the page: attachments, phones, outlets."""
    label = str(comparison.field_label())
    for child in comparison.get_child_comparisons():
        if child.is_addition():
            yield Change(label, "", _row_text(child))
        elif child.is_deletion():
            yield Change(label, _row_text(child), "")
        else:
            for field in child.get_field_comparisons():
                if field.has_changed():
                    yield _change(f"{label} · {field.field_label()}", *_values(field))


def _row_text(child: Any) -> str:
    texts = (_values(field)[1] for field in child.get_field_comparisons())
    return "　".join(text for text in texts if text)


def _of_stream(comparison: Any) -> Iterator[Change]:
    before = {child.id: child for child in comparison.val_a}
    after = {child.id: child for child in comparison.val_b}
    common = [key for key in after if key in before]
    if common != [key for key in before if key in after]:
        yield Change(_("内容块的次序"), _order(before, common), _order(after, common))
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _of_child(before.get(key), after.get(key))


def _order(side: dict[str, Any], common: list[str]) -> str:
    return "、".join(str(side[key].block.label) for key in side if key in common)


def _of_child(before: Any, after: Any) -> Iterator[Change]:
    was, now = (dict(_leaves(side.block, side.value, ())) if side else {} for side in (before, after))
    name = str((after or before).block.label)
    for key in [*now, *(key for key in was if key not in now)]:
        old, new = was.get(key), now.get(key)
        if old and new and old.text == new.text and old.stored == new.stored:
            continue
        old_text, new_text = old.text if old else "", new.text if new else ""
        leaf = new or old
        label = f"{name} · {leaf.label}" if leaf and leaf.label else name
        if old_text or new_text:
            yield _change(label, old_text, new_text)


def _leaves(block: Block, value: Any, key: tuple[str, ...], label: str = "") -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    """Yield every single value of a block with a key that stays the same from version to version."""
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            own = (value.get(name), (*key, name))
            if isinstance(child, ListBlock | StreamBlock):
                yield from _leaves_of_items(child, *own, label, str(child.label))
            else:
                yield from _leaves(child, *own, _joined(label, child.label))
    elif isinstance(block, ListBlock | StreamBlock):
        yield from _leaves_of_items(block, value, key, label, "")
    else:
        yield key, _Leaf(label, plain_text_of(block, value).strip(), block.get_prep_value(value))


def _leaves_of_items(
    block: Block, value: Any, key: tuple[str, ...], label: str, items: str
) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    """Name each item by its first words; one without words by its number among the `items`."""
    for number, item in enumerate(_items(block, value), 1):
        name = _first_words(item.block, item.value) or f"{items} {number}".strip()
        yield from _leaves(item.block, item.value, (*key, str(item.id or number)), _joined(label, name))


def _items(block: Block, value: Any) -> Iterable[Any]:
    return value.bound_blocks if isinstance(block, ListBlock) else value


def _first_words(block: Block, value: Any) -> str:
    """Name an item of a list by its first words: 第一阶梯 rather than 项目 3."""
    return next((leaf.text for _key, leaf in _leaves(block, value, ()) if leaf.text), "")[:20]


def _joined(*labels: Any) -> str:
    return " · ".join(str(label) for label in labels if label)
