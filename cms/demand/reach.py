"""Whose numbers a person sees: those of the organisations he answers for, and below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.authority import roots, within
from cms.desk.work import ANSWERING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import Views


def answers_for_something(user: Any) -> bool:
    """Does the person answer for any organisation?"""
    return bool(user.is_superuser or roots(user, ANSWERING))


def readable(user: Any, views: QuerySet[Views]) -> QuerySet[Views]:
    """Return the numbers of what the person answers for."""
    return views if user.is_superuser else views.filter(within(roots(user, ANSWERING), "organisation"))
