"""What a reviewer of heating disclosures looks for, found before the reviewer does."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from blocks.kinds import ContentKind
from blocks.story import plain_text
from rules.screening import Finding, Severity

SEASON = re.compile(r"(采暖|供暖|供热)(期|季|年度)")


def a_price_names_its_season(page: Any) -> list[Finding]:
    """Ask a price list for the heating season it holds for: prices are set season by season."""
    entry = getattr(page, "entry", None)
    if entry is None or entry.catalogue != "heating" or entry.content_kind != ContentKind.FEE_TABLE:
        return []
    words = f"{page.title}\n{page.summary}\n{plain_text(page.body)}"
    if SEASON.search(words):
        return []
    sentence = _("供热价格没有写明适用的采暖期，例如“2026—2027 年采暖期”。")
    return [Finding("season", Severity.WARN, "title", sentence)]
