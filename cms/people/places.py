"""Find an organisation by what a clerk writes: its roster code, or its full or short name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from pages.models import RosterEntry

from .subtree import organisations_below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from pages.models import OrganisationPage


def find_place(user: Any, text: str) -> OrganisationPage:
    """Return the one organisation below that is called so. Raises ValidationError."""
    name = text.strip()
    found = organisations_below(user).filter(Q(pk__in=_coded([name])) | Q(title=name) | Q(short_name=name))[:2]
    if not found:
        raise ValidationError(_("您管理的单位中没有“%(name)s”；请填全称或名录代码。") % {"name": name})
    if len(found) > 1:
        raise ValidationError(_("有几个单位叫“%(name)s”，请填名录代码。") % {"name": name})
    return found[0]


def find_places(among: QuerySet[OrganisationPage], texts: Iterable[str]) -> dict[str, list[OrganisationPage]]:
    """Return what each text may mean among some organisations. Two queries, however many texts."""
    names = {text.strip() for text in texts}
    codes = dict(RosterEntry.objects.filter(code__in=names).values_list("organisation", "code"))
    found: dict[str, list[OrganisationPage]] = {name: [] for name in names}
    for place in among.filter(Q(pk__in=codes) | Q(title__in=names)):
        if place.pk in codes:
            found[codes[place.pk]].append(place)
        if place.title in found:
            found[place.title].append(place)
    return found


def _coded(codes: list[str]) -> Any:
    return RosterEntry.objects.filter(code__in=codes).values("organisation")
