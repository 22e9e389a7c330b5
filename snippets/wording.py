"""Titles of reference data in the language being read."""

from __future__ import annotations

from django.utils.translation import get_language


def in_language(chinese: str, english: str) -> str:
    """Return the English wording where English is read and there is one; else the Chinese source."""
    return english if english and (get_language() or "").startswith("en") else chinese
