"""The kinds of things one can look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pages.models import DisclosurePage, NoticePage, OrganisationPage

if TYPE_CHECKING:
    from wagtail.models import Page


class Kind(TextChoices):
    """What a result is."""

    DISCLOSURE = "disclosure", _("公开信息")
    NOTICE = "notice", _("公告")
    ORGANISATION = "organisation", _("单位")
    SERVICE = "service", _("服务")
    ENTRY = "entry", _("公开事项")


PAGE_TYPES: dict[Kind, type[Page]] = {
    Kind.DISCLOSURE: DisclosurePage,
    Kind.NOTICE: NoticePage,
    Kind.ORGANISATION: OrganisationPage,
}
