"""The start page: words that were searched for in vain, for those who can do something about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from wagtail.permissions import policy_registry

from cms.desk.panels import DeskPanel
from snippets.models import SearchWords

from .figures import Period, searches

DAYS, SHOWN = 30, 5
MINUTES = 15
KEY = "demand-missed"


class MissedPanel(DeskPanel):
    """被搜而无结果的词. One query, kept for a while for all."""

    order = 70
    template_name = "demand/missed_panel.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return the most frequent of them."""
        if not policy_registry.get_by_type(SearchWords).user_has_permission(user, "add"):
            return {"words": []}
        words: list[Any] | None = cache.get(KEY)
        if words is None:
            today = timezone.localdate()
            period = Period(today - timedelta(days=DAYS - 1), today)
            words = [(each["text"], each["misses"]) for each in searches(period, missed=True)[:SHOWN]]
            cache.set(KEY, words, MINUTES * 60)
        return {"words": words, "days": DAYS}
