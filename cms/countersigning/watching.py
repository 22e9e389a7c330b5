"""See which rows of public reference data a piece of work writes, and what stood there before."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.joint.models import OutsideSource
from snippets.models import CatalogueEntry, Industry, LifeEvent, PortalSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

WATCHED = (CatalogueEntry, Industry, LifeEvent, OutsideSource, PortalSettings, Redirect, Site)
ADD, CHANGE, DELETE = "add", "change", "delete"


@dataclass(frozen=True)
class RowChange:
    """One row: what it is, its key, what happens, and each changed field as (label, before, after)."""

    row: str
    key: str
    act: str
    values: list[list[str]]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)


_SEEN: ContextVar[list[RowChange] | None] = ContextVar("seen", default=None)
_BEFORE: ContextVar[dict[str, dict[str, str]] | None] = ContextVar("before", default=None)


@contextmanager
def watched() -> Iterator[list[RowChange]]:
    """Collect what is written inside."""
    seen: list[RowChange] = []
    tokens = _SEEN.set(seen), _BEFORE.set({})
    try:
        yield seen
    finally:
        _SEEN.reset(tokens[0])
        _BEFORE.reset(tokens[1])


def _key(instance: Any) -> str:
    return f"{instance._meta.label_lower}:{instance.pk}"


def _words(instance: Any) -> dict[str, str]:
    """Return every field of a row in words, by its label."""
    return {str(field.verbose_name): _word(instance, field) for field in instance._meta.concrete_fields if _told(field)}


def _told(field: Any) -> bool:
    # What nobody typed, such as the time of the act, is another each time.
    return bool(field.editable and not field.primary_key)


def _word(instance: Any, field: Any) -> str:
    value = getattr(instance, field.name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field.choices:
        value = getattr(instance, f"get_{field.name}_display")()
    return "" if value is None else str(value)


def _note_before(sender: Any, instance: Any, **kwargs: Any) -> None:
    before = _BEFORE.get()
    if before is None or not isinstance(instance, WATCHED) or instance.pk is None:
        return
    rows: Any = type(instance)._default_manager
    stored = rows.filter(pk=instance.pk).first()
    if stored is not None:
        before[_key(instance)] = _words(stored)


def _note_saved(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    _note(instance, ADD if created else CHANGE, _words(instance) if isinstance(instance, WATCHED) else {})


def _note_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    _note(instance, DELETE, {})


def _note(instance: Any, act: str, after: dict[str, str]) -> None:
    seen, before = _SEEN.get(), _BEFORE.get()
    if seen is None or before is None or not isinstance(instance, WATCHED):
        return
    was = before.pop(_key(instance), {})
    labels = list(dict.fromkeys([*was, *after]))
    values = [[label, was.get(label, ""), after.get(label, "")] for label in labels]
    changed = [line for line in values if line[1] != line[2]]
    if changed or act != CHANGE:
        # A new row gets another number each time it is rehearsed.
        key = "" if act == ADD else _key(instance)
        seen.append(RowChange(f"{instance._meta.verbose_name}“{instance}”"[:255], key, act, changed))


def connect() -> None:
    """Connect the receivers; outside of `watched` they do nothing."""
    for signal, receiver in (
        (pre_save, _note_before),
        (pre_delete, _note_before),
        (post_save, _note_saved),
        (post_delete, _note_deleted),
    ):
        signal.connect(receiver, dispatch_uid=f"cms.countersigning.{receiver.__name__}.{id(signal)}")
