"""Whose webhooks may this person see and change: those of the organisations that he administers, and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.authority import roots, within
from accounts.models import Duty
from ledger.models import Webhook
from pages.identity import source_locale_id
from pages.models import OrganisationPage, RosterEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _reached(user: Any, field: str = "") -> Q:
    return Q() if user.is_superuser else within(roots(user, [Duty.ADMINISTRATOR]), field)


def may_register(user: Any) -> bool:
    """May this person register an address at all?"""
    return bool(user.is_active and (user.is_superuser or roots(user, [Duty.ADMINISTRATOR])))


def require_registering(user: Any) -> None:
    """Raise PermissionDenied for everybody but administrators and the operator."""
    if not may_register(user):
        raise PermissionDenied


def organisations_of(user: Any) -> QuerySet[OrganisationPage]:
    """Return the organisations this person may follow, in the source language, in the order of the tree."""
    found: QuerySet[OrganisationPage] = OrganisationPage.objects.filter(_reached(user), locale_id=source_locale_id())
    return found.order_by("path")


def webhooks_of(user: Any) -> QuerySet[Webhook]:
    """Return the webhooks within reach."""
    return Webhook.objects.filter(_reached(user, "organisation")).select_related("organisation", "created_by")


def webhook_for(user: Any, pk: int) -> Webhook:
    """Return a webhook within reach; 404 for any other, 403 for who may have none."""
    require_registering(user)
    found = webhooks_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_organisation(user: Any, text: str) -> OrganisationPage:
    """Return the one organisation within reach that is called so, or has the roster code. Raises ValidationError."""
    name = text.strip()
    coded = RosterEntry.objects.filter(code=name).values("organisation")
    found = organisations_of(user).filter(Q(pk__in=coded) | Q(title=name) | Q(short_name=name))[:2]
    if not found:
        raise ValidationError(_("您管理的单位中没有“%(name)s”；请填全称或名录代码。") % {"name": name})
    if len(found) > 1:
        raise ValidationError(_("有几个单位叫“%(name)s”，请填名录代码。") % {"name": name})
    return found[0]
