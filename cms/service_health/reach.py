"""Whose service items may this person see here: those of the organisations where he works, and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from wagtail.permissions import policy_registry

from accounts.authority import grants, roots, within
from accounts.policies import OWNED_ACTIONS, PORTAL_DEPTH
from pages.identity import source_locale_id
from snippets.models import ServiceItem

if TYPE_CHECKING:
    from django.db.models import QuerySet


def works_on_content(user: Any) -> bool:
    """Does this person hold any duty that has to do with service items?"""
    return bool(user.is_active and (user.is_superuser or roots(user, OWNED_ACTIONS)))


def require_work(user: Any) -> None:
    """Raise PermissionDenied for everybody else."""
    if not works_on_content(user):
        raise PermissionDenied


def items_of(user: Any) -> QuerySet[ServiceItem]:
    """Return the public items within reach; those of whole branches are the portal's."""
    found = ServiceItem.objects.filter(live=True, locale_id=source_locale_id())
    if user.is_superuser:
        return found
    condition = within(roots(user, OWNED_ACTIONS), "provider")
    if any(grant.duty in OWNED_ACTIONS and grant.page.depth == PORTAL_DEPTH for grant in grants(user)):
        condition |= Q(provider=None)
    return found.filter(condition)


def item_for(user: Any, pk: int) -> ServiceItem:
    """Return an item within reach; 404 for any other, 403 for who has none."""
    require_work(user)
    item = items_of(user).select_related("provider", "industry").filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


def may_declare(user: Any, item: ServiceItem) -> bool:
    """May this person announce maintenance: whoever may change the item?"""
    policy: Any = policy_registry.get_by_type(ServiceItem)
    return bool(policy.user_has_permission_for_instance(user, "change", item))
