"""A title goes into logs, lists, letters and events at once: it holds no personal number, not even a draft's."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rules.personal_data import Action, find_personal_data

# A mask that hides something hides a number; marks of secrecy and headings of lists are words.
HIDDEN = "*"


def refuse_numbers_in(title: str) -> None:
    """Raise ValidationError for the field `title` when it holds a number that must not be public."""
    for found in find_personal_data(title or ""):
        if found.action == Action.BLOCK and HIDDEN in found.masked:
            names = {"kind": found.label, "masked": found.masked}
            raise ValidationError({"title": _("标题中有疑似%(kind)s（%(masked)s），请删去。") % names})
