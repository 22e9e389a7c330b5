"""The four kinds of administrators (DB21/T 2175.5 §4.1.9): a tier follows from where one is appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.models import Page


class Tier(models.TextChoices):
    """普通、中级、高级、超级管理员."""

    ORDINARY = "ordinary", _("普通管理员")
    INTERMEDIATE = "intermediate", _("中级管理员")
    SENIOR = "senior", _("高级管理员")
    SUPER = "super", _("超级管理员")


def tier_of(organisation: Page) -> Tier | None:
    """Return the tier of whoever is appointed to this organisation; None for a page that is no organisation.

    The organisation's class answers (`tier_at`), since a department under the city is senior and one under a
    district is intermediate.
    """
    tier_at = getattr(organisation.specific_class, "tier_at", None)
    return tier_at(organisation.depth) if tier_at else None
