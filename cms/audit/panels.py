"""The start page of an auditor: what the last day brought, and whether the chain holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from accounts.authority import roots
from accounts.models import Duty
from ledger.models import Result, Seal

from .keeping import last_verification
from .reach import readable

DAY = timedelta(days=1)


class AuditPanel(Component):
    """审计, for auditors; nothing for anybody else. Three queries beside those of authority."""

    order = 16
    template_name = "audit/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return how many events the last day brought, by result, each with the list of them."""
        user = parent_context["request"].user
        if not roots(user, [Duty.AUDITOR]):
            return {}
        since = timezone.now() - DAY
        found = dict(readable(user).filter(at__gte=since).values_list("result").annotate(Count("pk")).order_by())
        address = f"{reverse('audit:events')}?since={timezone.localdate(since)}"
        results = [(Result(each).label, found.get(each, 0), f"{address}&result={each}") for each in Result]
        return {
            "counted": [(_("全部"), sum(found.values()), address), *results],
            "verification": last_verification(),
            "last_seal": Seal.objects.order_by("-sequence").first(),
        }
