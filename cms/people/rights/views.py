"""我能做什么, and who else may do what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import Duty
from workflows.models import ApprovalTier

from .table import acts, chains, mine, notes, rows_of


class RightsView(WagtailAdminTemplateMixin, TemplateView):
    """For every member of staff; the own columns and rows are marked."""

    template_name = "people/rights.html"
    page_title = gettext_lazy("权限一览")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the tables, and what the person may do."""
        own = mine(self.request.user)
        duties, tiers = {each["duty"] for each in own}, {each["tier"] for each in own}
        table = [
            {
                "words": act.words,
                "cells": [(may, duty in duties) for may, duty in zip(act.cells, Duty.values, strict=True)],
            }
            for act in acts()
        ]
        return super().get_context_data(
            **kwargs,
            mine=own,
            heads=[(label, duty in duties) for duty, label in Duty.choices],
            table=table,
            tiers=ApprovalTier.labels,
            own_tiers=tiers,
            chains=[{"chain": chain, "rows": rows_of(chain)} for chain in chains()],
            notes=notes(),
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
