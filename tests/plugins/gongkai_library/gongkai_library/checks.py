"""What a reviewer of library disclosures looks for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def a_closure_says_until_when(page: Any) -> list[str]:
    """Ask the notice of a closure for its end: readers plan their way by it."""
    entry = getattr(page, "entry", None)
    if entry is None or (entry.catalogue, entry.code) != ("library", "A02") or not hasattr(page, "ends_at"):
        return []
    return [] if page.ends_at else [_("闭馆公告没有写明恢复开放的时间。")]
