"""What an edit changed: field by field, computed when somebody asks, from the version it made and the one before it.

Nothing of it is kept with the event: consecutive autosaves go on writing into one version, and content is not copied
into a table from which nothing is ever deleted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from wagtail.models import Revision

from snippets.screening.personal import masked
from workflows.contents import compared

from .showing import Line, in_words

if TYPE_CHECKING:
    from ledger.models import Event

EDITS = frozenset({"wagtail.create", "wagtail.edit", "wagtail.copy", "wagtail.revert"})
# More of a text tells nobody more in a table.
SHORT = 120
MOST_FIELDS = 40


def changes_of(event: Event) -> list[Line]:
    """Return what the version of an edit holds otherwise than the one before it. Two queries for an edit, else none."""
    number = (event.data or {}).get("revision") if event.kind in EDITS else None
    now = Revision.objects.select_related("content_type").filter(pk=number).first() if number else None
    if now is None:
        return []
    same = Revision.objects.filter(base_content_type=now.base_content_type_id, object_id=now.object_id)
    earlier = same.filter(pk__lt=now.pk).order_by("-pk").values_list("content", flat=True).first()
    before, after = compared(earlier or {}), compared(now.content)
    changed = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    model = now.content_type.model_class()
    return [
        Line(_named(model, name), _short(before.get(name)), _short(after.get(name))) for name in changed[:MOST_FIELDS]
    ]


def _named(model: Any, name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return name
    # Rows that hang on it are known by their own name.
    found = getattr(field, "verbose_name", None) or getattr(field.related_model, "_meta", field).verbose_name_plural
    return str(found)


def _short(value: Any) -> str:
    """Write a value in a few words, without numbers of persons."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) and value else in_words(value or "")
    text = masked(" ".join(strip_tags(text).split()))
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
