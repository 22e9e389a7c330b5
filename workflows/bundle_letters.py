"""Letters about a bundle: one for all its members."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from accounts.authority import holders
from accounts.models import Duty
from ledger.letters import Message, settle, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from .models import Bundle, TieredTaskState

_QUIET: ContextVar[bool] = ContextVar("workflows.bundle_letters.quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Write no letter for each member: the bundle writes one for all."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def is_quiet() -> bool:
    """Does a bundle write for its members?"""
    return _QUIET.get()


def tell_reviewers(bundle: Bundle, waiting: list[TieredTaskState], by: Any) -> None:
    """Write to the reviewers of every organisation the bundle waits for now; what waited before is settled."""
    settle(_matter(bundle), by=by)
    written = set(bundle.members.values_list("authors", flat=True))
    reviewers = {pk for state in waiting if state.approver for pk in holders(state.approver, [Duty.REVIEWER])}
    words: Callable[[], str] = lambda: _("批次待审核：%(title)s（%(count)d 件）") % _names(bundle)  # noqa: E731
    _write("approval.submitted", bundle, words, reviewers - written, must_act=True)


def tell_returned(bundle: Bundle, by: Any) -> None:
    """Tell the submitter that the whole bundle came back."""
    settle(_matter(bundle), by=by)
    _write("approval.returned", bundle, lambda: _("批次已退回：%(title)s") % _names(bundle), {bundle.submitted_by_id})


def tell_submitter(bundle: Bundle, by: Any) -> None:
    """Tell the submitter that all of it is public."""
    settle(_matter(bundle), by=by)
    _write("approval.published", bundle, lambda: _("批次已公开：%(title)s") % _names(bundle), {bundle.submitted_by_id})


def _write(kind: str, bundle: Bundle, words: Callable[[], str], people: set[Any], *, must_act: bool = False) -> None:
    message = Message(
        kind,
        lazy(words, str)(),
        lazy(lambda: "\n\n".join(filter(None, (bundle.reason, bundle.comment))), str)(),
        reverse("approval:bundle", args=[bundle.pk]),
        must_act=must_act,
        matter=_matter(bundle) if must_act else "",
        organisation=bundle.organisation,
    )
    write(get_user_model()._default_manager.filter(pk__in=people - {None}, is_active=True), message)


def _matter(bundle: Bundle) -> str:
    return f"bundle:{bundle.pk}"


def _names(bundle: Bundle) -> dict[str, Any]:
    return {"title": bundle.title, "count": bundle.members.count()}
