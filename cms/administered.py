"""The organisations that a person administers, and how he names one of them in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.authority import roots, within
from accounts.models import Duty
from pages.identity import source_locale_id
from pages.models import OrganisationPage, RosterEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet


def administered(user: Any, field: str = "") -> Q:
    """Return what is true of the organisations (in `field`) that this person administers, and of those below."""
    return Q() if user.is_superuser else within(roots(user, [Duty.ADMINISTRATOR]), field)


def administers_any(user: Any) -> bool:
    """Is there any organisation that this person administers?"""
    return bool(user.is_active and (user.is_superuser or roots(user, [Duty.ADMINISTRATOR])))


def organisations_administered(user: Any) -> QuerySet[OrganisationPage]:
    """Return these organisations in the source language, in the order of the tree."""
    found: QuerySet[OrganisationPage] = OrganisationPage.objects.filter(
        administered(user), locale_id=source_locale_id()
    )
    return found.order_by("path")


def find_administered(user: Any, text: str) -> OrganisationPage:
    """Return the one of them that is called so, or has the roster code. Raises ValidationError."""
    name = text.strip()
    coded = RosterEntry.objects.filter(code=name).values("organisation")
    found = organisations_administered(user).filter(Q(pk__in=coded) | Q(title=name) | Q(short_name=name))[:2]
    if not found:
        raise ValidationError(_("您管理的单位中没有“%(name)s”；请填全称或名录代码。") % {"name": name})
    if len(found) > 1:
        raise ValidationError(_("有几个单位叫“%(name)s”，请填名录代码。") % {"name": name})
    return found[0]
