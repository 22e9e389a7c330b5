"""Letters about a tier that moves before it is decided: handed on, about to be due, overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.letters import Message, settle, write

from .bundle_letters import is_quiet
from .letters import matter_of, may_decide_on
from .limits import limit_in_words
from .matters import subject_of
from .trail import tier_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .acts import Act
    from .models import TieredTaskState


def people(ids: Iterable[int]) -> list[Any]:
    """Return the active accounts with these numbers."""
    return list(get_user_model()._default_manager.filter(pk__in=set(ids), is_active=True).order_by("pk"))


def tell_approvers(state: TieredTaskState, kind: str, subject: str, body: str = "") -> None:
    """Write to those who may decide a state now."""
    write(people(may_decide_on(state)), _message(state, kind, subject, body))


def tell_new_approvers(state: TieredTaskState, act: Act) -> None:
    """Tell the reviewers of the organisation that decides from now on; for the others it is settled."""
    settle(matter_of(state), by=act.person)
    if is_quiet():
        return
    words = {"title": state.revision.object_str, "tier": tier_label(state), "why": act.kind.label}
    tell_approvers(
        state, "approval.arrived", _("请审核：《%(title)s》（%(tier)s，%(why)s）") % words, _until(state, act.text)
    )


def tell_assigned(state: TieredTaskState, colleague: Any, by: Any, text: str) -> None:
    """Tell a colleague that it was handed to him."""
    if is_quiet():
        return
    subject = _("%(person)s转交您审核：《%(title)s》") % {"person": by, "title": state.revision.object_str}
    write([colleague], _message(state, "approval.assigned", subject, _until(state, text)))


def _until(state: TieredTaskState, text: str) -> str:
    return "\n\n".join(part for part in (text, limit_in_words(state)) if part)


def _message(state: TieredTaskState, kind: str, subject: str, body: str) -> Message:
    return Message(
        kind,
        subject,
        body,
        reverse("approval:item", args=[state.pk]),
        must_act=True,
        matter=matter_of(state),
        organisation=subject_of(state).responsible_organisation,
    )
