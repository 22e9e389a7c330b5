"""Post something twice: once to see what it would do, and again when a second person has said yes."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.contrib.messages.storage.base import BaseStorage
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import resolve

from .watching import RowChange, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from workflows.models import Proposal

_REPLAYING: ContextVar[bool] = ContextVar("replaying", default=False)


class _Unheard(BaseStorage):
    """Messages that nobody reads."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []


class NoLongerPossibleError(Exception):
    """What was proposed would now do something else, or nothing."""


def is_replaying() -> bool:
    """Is a confirmed proposal being posted again?"""
    return _REPLAYING.get()


@contextmanager
def _replay() -> Iterator[None]:
    token = _REPLAYING.set(True)
    try:
        yield
    finally:
        _REPLAYING.reset(token)


def rehearse(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> tuple[HttpResponse, list[RowChange]]:
    """Answer the request, and take back whatever it wrote if that is public reference data."""
    with transaction.atomic():
        with watched() as changes:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        if changes:
            transaction.set_rollback(True)
    return response, changes


def replay(proposal: Proposal) -> None:
    """Post the proposal in the name of whoever made it.

    Raises NoLongerPossibleError, and has then changed nothing, when it does not change exactly what was shown.
    """
    if proposal.proposed_by is None:
        raise NoLongerPossibleError
    request = RequestFactory().post(proposal.path)
    request.POST = _form(proposal)  # type: ignore[assignment]
    request.user = proposal.proposed_by
    request._messages = _Unheard(request)  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    view, args, kwargs = resolve(proposal.path.partition("?")[0])
    request.resolver_match = resolve(proposal.path.partition("?")[0])
    with transaction.atomic(), _replay(), watched() as changes:
        view(request, *args, **kwargs)
        if [change.as_json() for change in changes] != proposal.changes:
            raise NoLongerPossibleError


def _form(proposal: Proposal) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, values in proposal.form.items():
        form.setlist(name, values)
    return form
