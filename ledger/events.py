"""Write what happened, in the transaction in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import Event, Result
from .origin import origin
from .plain import plain, text

TITLE_LENGTH = 255


@dataclass(frozen=True)
class Subject:
    """What an act was done to, where the object itself is not at hand or gone."""

    label: str
    pk: Any
    title: str

    @classmethod
    def of(cls, thing: Any) -> Subject:
        """Describe an object, or nothing."""
        if isinstance(thing, Subject):
            return thing
        return cls(thing._meta.label_lower, thing.pk, str(thing)) if thing is not None else cls("", "", "")


def record(kind: str, subject: Any = None, *, organisation: Any = None, actor: Any = None, **facts: Any) -> Event:
    """Add an event, in the caller's transaction. One query, and those that `responsible_organisation` asks.

    `kind` is dotted: room and act ("approval.returned"); its Chinese words stand in `cms.audit.kinds`. `subject` is
    what it was done to (a `Subject` where the object is gone), `organisation` (a page) whose matter it is; by default
    the one that answers for the subject. `actor` is the user, by default the one whose request is being answered. Of
    the `facts`, `before`, `after` and `result` (a Result) have columns of their own; the rest is kept as JSON. Never
    give it a secret or a whole personal number.
    """
    came, about = origin(), Subject.of(subject)
    actor = actor or came.user
    own = {name: plain(facts.pop(name)) for name in ("before", "after") if name in facts}
    ended = Result(facts.pop("result", Result.DONE))
    if organisation is None:
        organisation = getattr(subject, "responsible_organisation", None)
    event = Event(
        kind=kind,
        actor_id=actor.pk if actor is not None else None,
        actor_name=text(actor or came.account)[:TITLE_LENGTH],
        address=came.address,
        channel=came.channel,
        subject_type=about.label,
        subject_id=str(about.pk),
        subject_title=text(about.title)[:TITLE_LENGTH],
        organisation_id=organisation.pk if organisation is not None else None,
        result=ended,
        data=plain(facts),
        **own,
    )
    event.save(force_insert=True)
    if came.request is not None:
        came.kinds.add(kind)
    return event
