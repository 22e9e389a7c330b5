"""Whose webhooks may this person see and change: those of the organisations that he administers, and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from cms.administered import administered, administers_any
from ledger.models import Webhook

if TYPE_CHECKING:
    from django.db.models import QuerySet


def require_registering(user: Any) -> None:
    """Raise PermissionDenied for everybody but administrators and the operator."""
    if not administers_any(user):
        raise PermissionDenied


def webhooks_of(user: Any) -> QuerySet[Webhook]:
    """Return the webhooks within reach."""
    return Webhook.objects.filter(administered(user, "organisation")).select_related("organisation", "created_by")


def webhook_for(user: Any, pk: int) -> Webhook:
    """Return a webhook within reach; 404 for any other, 403 for who may have none."""
    require_registering(user)
    found = webhooks_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
