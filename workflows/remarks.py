"""Remarks of approvers: kept in the trail, mailed to people, so no personal number stands in them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rules.personal_data import Action, find_personal_data


def without_numbers(text: str) -> str:
    """Return a remark as it is. Raises ValidationError where it copies a number that must not be public."""
    found = next((each for each in find_personal_data(text) if each.action == Action.BLOCK), None)
    if found is not None:
        names = {"kind": found.label, "masked": found.masked}
        raise ValidationError(_("意见中有疑似%(kind)s（%(masked)s）：写明在哪一处即可，不要抄录号码。") % names)
    return text
