"""What may stand under what: the one table behind the admin, Python and the API.

DB21/T 2175.5 §2.3: each participant has exactly one superior; §4.1.3: city › department › unit (three storeys) and
city › district › department › unit (four storeys).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.tiers import Tier

if TYPE_CHECKING:
    from wagtail.models import Page


class Level(models.TextChoices):
    """The storeys of the tree."""

    PORTAL = "portal", gettext_lazy("市门户")
    DISTRICT = "district", gettext_lazy("区市县")
    DEPARTMENT = "department", gettext_lazy("行业主管部门")
    UNIT = "unit", gettext_lazy("公共企事业单位")


# Class name of the child → class names of its lawful parents. Subclasses (an industry's unit pages) count as their
# parent class. A class that does not stand here may stand nowhere.
STANDS_UNDER: dict[str, tuple[str, ...]] = {
    "CityPortalPage": ("Page",),
    "DistrictPage": ("CityPortalPage",),
    "DepartmentPage": ("CityPortalPage", "DistrictPage"),
    "UnitPage": ("DepartmentPage",),
    "DisclosurePage": ("OrganisationPage",),
    "NoticePage": ("OrganisationPage",),
    "StandardPage": ("OrganisationPage",),
    "IndustryPage": ("CityPortalPage", "IndustryPage"),
    "ServiceIndexPage": ("CityPortalPage",),
    "NoticeIndexPage": ("CityPortalPage",),
}

# Depth in Wagtail's tree: 1 is the root page, 2 the portal.
PORTAL_DEPTH = 2


def _names(model: type[Page]) -> list[str]:
    return [base.__name__ for base in model.__mro__]


def may_stand_under(child: type[Page], parent: type[Page]) -> bool:
    """Is this a lawful place?

    `Page` as a parent means Wagtail's root page exactly: every page class descends from it.
    """
    lawful = next((STANDS_UNDER[name] for name in _names(child) if name in STANDS_UNDER), ())
    if lawful == ("Page",):
        return parent.__name__ == "Page"
    return any(name in lawful for name in _names(parent))


def refusal(child: type[Page], parent: type[Page]) -> str | None:
    """Say in a sentence why a page may not stand there; None when it may."""
    if may_stand_under(child, parent):
        return None
    return _("“%(child)s”不能设在“%(parent)s”之下。") % {
        "child": child._meta.verbose_name,
        "parent": parent._meta.verbose_name,
    }


def tier_at(level: str, depth: int) -> Tier:
    """Return the tier of the people of an organisation (standard (a.1)).

    Super: the disclosure office. Senior: city departments and district governments. Intermediate: departments of a
    district. Ordinary: units.
    """
    if level == Level.PORTAL:
        return Tier.SUPER
    if level == Level.UNIT:
        return Tier.ORDINARY
    return Tier.SENIOR if depth == PORTAL_DEPTH + 1 else Tier.INTERMEDIATE
