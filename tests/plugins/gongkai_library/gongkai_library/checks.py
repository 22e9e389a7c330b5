"""What a reviewer of library disclosures looks for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from rules.screening import Finding, Severity


def a_closure_says_until_when(page: Any) -> list[Finding]:
    """Ask the notice of a closure for its end: readers plan their way by it."""
    entry = getattr(page, "entry", None)
    if entry is None or (entry.catalogue, entry.code) != ("library", "A02") or not hasattr(page, "ends_at"):
        return []
    sentence = _("闭馆公告没有写明恢复开放的时间。")
    return [] if page.ends_at else [Finding("closure_end", Severity.BLOCK, "ends_at", sentence)]
