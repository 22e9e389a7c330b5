"""The start page says who stands in for whom today."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.models import Leave


class LeavePanel(Component):
    """I am away, or stand in for somebody; nothing otherwise. One query."""

    order = 15
    template_name = "people/away.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return today's leaves of this person, on either side."""
        user = parent_context["request"].user
        today = Leave.objects.in_force(timezone.localdate()).filter(Q(user=user) | Q(deputy=user))
        found = list(today.select_related("user", "deputy", "organisation").order_by("until", "pk"))
        return {
            "away": [leave for leave in found if leave.user_id == user.pk],
            "deputising": [leave for leave in found if leave.deputy_id == user.pk],
        }
