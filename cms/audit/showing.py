"""An event in words: what was before, what is after, what else is known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Duty
from accounts.withdrawable import WithdrawalKind
from ledger.chain import BEGINNING, digest_of
from ledger.models import Event, Seal
from ledger.verification import PURGED

from .kinds import CHANNELS, FIELDS, words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WHOLE = ""
LABELS: tuple[tuple[str, Any], ...] = (("duty", Duty), ("kind", WithdrawalKind))


@dataclass(frozen=True)
class Line:
    """One field of an event: its name, its value before and after."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Is it another now?"""
        return self.before != self.after


def comparison(event: Event) -> list[Line]:
    """Return before and after side by side, field by field."""
    before, after = _fields(event.before), _fields(event.after)
    return [
        Line(str(FIELDS.get(name, name)), in_words(before.get(name)), in_words(after.get(name)))
        for name in dict.fromkeys([*before, *after])
    ]


def facts(event: Event) -> Iterator[tuple[str, str]]:
    """Yield what else is known, by name."""
    yield from _facts(event.data or {})


def _facts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _facts(value)
        elif value not in ("", None, []):
            yield str(FIELDS.get(name, name)), str(_label(name, value))


def _label(name: str, value: Any) -> Any:
    """Return the label of a choice, or the value in words."""
    for field, choices in LABELS:
        if name == field and value in choices.values:
            return choices(value).label
    return in_words(value)


def _fields(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {WHOLE: value}


def in_words(value: Any) -> str:
    """Write a value for a reader."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return str(value)


def channel_of(event: Event) -> str:
    """Return the way in, in words."""
    return str(CHANNELS.get(event.channel, event.channel))


def seal_of(event: Event) -> Seal | None:
    """Return the event's seal."""
    found: Seal | None = getattr(event, "seal", None)
    return found


def is_intact(event: Event, seal: Seal) -> bool:
    """Does the seal of this one event fit it? The whole chain is verified by the command. Two queries at most."""
    before = Seal.objects.filter(sequence=seal.sequence - 1).first()
    if before is not None:
        previous = before.digest
    else:
        purge = Event.objects.filter(kind=PURGED, data__sequence=seal.sequence - 1).first()
        previous = purge.data["digest"] if purge else BEGINNING
    return digest_of(seal, event, previous) == seal.digest


COLUMNS = (
    (gettext_lazy("时间"), 20),
    (gettext_lazy("事项"), 20),
    (gettext_lazy("结果"), 10),
    (gettext_lazy("人员"), 16),
    (gettext_lazy("来源地址"), 18),
    (gettext_lazy("途径"), 10),
    (gettext_lazy("对象"), 40),
    (gettext_lazy("对象类型"), 20),
    (gettext_lazy("对象编号"), 12),
    (gettext_lazy("单位"), 30),
    (gettext_lazy("变更前"), 40),
    (gettext_lazy("变更后"), 40),
    (gettext_lazy("详情"), 40),
    (gettext_lazy("封存序号"), 12),
    (gettext_lazy("摘要"), 60),
)


def row_of(event: Event, changes: Sequence[Line] = ()) -> tuple[Any, ...]:
    """Return an event as a row of a table; `changes` are those of an edit (see `edits`)."""
    seal = seal_of(event)
    before = event.before or {line.name: line.before for line in changes}
    after = event.after or {line.name: line.after for line in changes}
    kept = [json.dumps(value, ensure_ascii=False) if value else "" for value in (before, after, event.data)]
    return (
        f"{localtime(event.at):%Y-%m-%d %H:%M:%S}", words_for(event.kind), event.get_result_display(),
        event.actor_name, event.address or "", channel_of(event), event.subject_title, event.subject_type,
        event.subject_id, event.organisation.title if event.organisation else "", *kept,
        seal.sequence if seal else "", seal.digest if seal else "",
    )  # fmt: skip
