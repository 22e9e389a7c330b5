"""Whose tokens does this person look after? Administrators those of their subtree; everybody those in his own name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.authority import governs
from accounts.models import ApiToken, Appointment, Duty, User
from cms.administered import administered, administers_any
from pages.identity import source_of
from pages.models import OrganisationPage

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def may_manage(user: Any, organisation: Any) -> bool:
    """May this person make and change tokens of the organisation: its administrator, one above, the operator?"""
    return bool(user.is_active and (user.is_superuser or governs(user, organisation, [Duty.ADMINISTRATOR])))


def visible_tokens(user: Any) -> QuerySet[ApiToken]:
    """Return the tokens this person may look at."""
    tokens = ApiToken.objects.select_related("organisation", "acts_for", "created_by", "issued_by", "revoked_by")
    # An empty condition would fall out of the "or".
    return tokens if user.is_superuser else tokens.filter(administered(user, "organisation") | Q(acts_for=user))


def token_to_see(user: Any, pk: int) -> ApiToken:
    """Return a token that this person may look at; 404 otherwise."""
    return get_object_or_404(visible_tokens(user), pk=pk)


def organisation_to_manage(user: Any, pk: int) -> OrganisationPage:
    """Return the organisation in the source language, if this person manages its tokens; 403 otherwise."""
    organisation: OrganisationPage = source_of(get_object_or_404(OrganisationPage, pk=pk))
    if not may_manage(user, organisation):
        raise PermissionDenied
    return organisation


def token_to_manage(user: Any, pk: int) -> ApiToken:
    """Return a token this person may renew; 403 for one in his own name that others manage, 404 for all else."""
    token = token_to_see(user, pk)
    if not may_manage(user, token.organisation):
        raise PermissionDenied
    return token


def editors_of(organisation: Any, on: date) -> QuerySet[User]:
    """Return in whose name a token of the organisation may act: who edits there, or for the offices above."""
    above = [organisation.path[:end] for end in range(len(organisation.path), 0, -organisation.steplen)]
    held = Appointment.objects.in_force(on).filter(duty=Duty.EDITOR, organisation__path__in=above)
    return User.objects.filter(pk__in=held.values("user")).order_by("first_name", "pk")


def require_administration(user: Any) -> None:
    """Raise Http404 for whoever looks after no token and lends his name to none."""
    if not administers_any(user) and not visible_tokens(user).exists():
        raise Http404
