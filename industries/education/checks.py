"""What a reviewer of school disclosures looks for, found before the reviewer does."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

YEAR = re.compile(r"20\d\d|二〇[〇一二三四五六七八九]{2}")
# B01 招生政策与实施方案, B02 招生计划, B03 招生范围: renewed each year.
ADMISSION = {"B01", "B02", "B03"}


def an_admission_names_its_year(page: Any) -> list[str]:
    """Ask what is said about admission for the year in its title: parents find last year's plan beside this year's."""
    entry = getattr(page, "entry", None)
    if entry is None or entry.catalogue != "education_school" or entry.code not in ADMISSION:
        return []
    if YEAR.search(page.title):
        return []
    return [_("招生信息的标题没有写明年度，例如“2026 年招生计划”。")]
