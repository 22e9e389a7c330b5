"""Words in the language being read, and what is no word and stays the same in every language."""

from __future__ import annotations

from django.utils.translation import get_language
from wagtail_localize.fields import SynchronizedField


def in_language(chinese: str, english: str) -> str:
    """Return the English wording where English is read and there is one; else the Chinese source."""
    return english if english and (get_language() or "").startswith("en") else chinese


def same_in_every_language(*fields: str) -> list[SynchronizedField]:
    """Declare fields that no translation may change: codes, numbers to dial, document numbers, references."""
    return [SynchronizedField(field, overridable=False) for field in fields]
