"""编制说明: by whom and on what basis a catalogue was drawn up, and how its codes are to be read."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from ..identity import source_locale_id
from ..industry_templates import catalogues
from ..models import IndustryPage

if TYPE_CHECKING:
    from pathlib import Path

    from snippets.models import Industry


def template_notes(catalogue_code: str) -> list[str]:
    """Return the notes an industry template brings with a catalogue, paragraph by paragraph."""
    catalogue = catalogues().get(catalogue_code)
    return _read(catalogue.file) if catalogue else []


def industry_notes(industry: Industry | None) -> Any:
    """Return what the industry's own page, or its sector's, adds; None where nobody has written anything. One query."""
    if industry is None:
        return None
    pages = IndustryPage.objects.live().filter(locale_id=source_locale_id(), industry__in=[industry, industry.sector])
    return next((page.notes for page in pages.order_by("-depth") if page.notes), None)


@cache
def _read(file: Path) -> list[str]:
    """Read a file of an installed package once: it changes with the package only."""
    text = str(json.loads(file.read_text(encoding="utf-8")).get("notes", ""))
    return [line.strip() for line in text.splitlines() if line.strip()]
