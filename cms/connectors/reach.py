"""Whose connections may this person see and change: those of the organisations that he administers, and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from cms.administered import administered, administers_any

from .models import ProviderConnection

if TYPE_CHECKING:
    from django.db.models import QuerySet


def require_connecting(user: Any) -> None:
    """Raise PermissionDenied for everybody but administrators and the operator."""
    if not administers_any(user):
        raise PermissionDenied


def connections_of(user: Any) -> QuerySet[ProviderConnection]:
    """Return the connections within reach."""
    return ProviderConnection.objects.filter(administered(user, "organisation")).select_related("organisation")


def connection_within_reach(user: Any, pk: int) -> ProviderConnection:
    """Return a connection within reach; 404 for any other, 403 for who may have none."""
    require_connecting(user)
    found = connections_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
