"""The frame of a tool that works on one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

if TYPE_CHECKING:
    from pages.models import OrganisationPage


class OrganisationToolView(WagtailAdminTemplateMixin, FormView):
    """Its name, and whose it is, stand in the head; the way back leads to the organisation's pages."""

    organisation: OrganisationPage

    def get_page_title(self) -> str:
        """Name the tool and the organisation."""
        return f"{self.page_title} · {self.organisation.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the pages of the organisation."""
        pages = reverse("wagtailadmin_explore", args=[self.organisation.pk])
        return [
            *self.breadcrumbs_items,
            {"url": pages, "label": self.organisation.title},
            {"url": "", "label": self.get_page_title()},
        ]
