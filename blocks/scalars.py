"""The small values blocks are made of where Wagtail's own are not exact or not strict enough."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue

from .writing import phone_numbers


class VerbatimBlock(blocks.CharBlock):
    """Characters that are the same in every language, such as a document number."""

    def get_translatable_segments(self, value: Any) -> list[StringSegmentValue]:
        """Offer nothing for translation (wagtail-localize)."""
        return []


class PhoneBlock(VerbatimBlock):
    """One or several phone numbers as people write them."""

    def clean(self, value: Any) -> str:
        """Refuse a phone nobody can dial."""
        cleaned = super().clean(value)
        if cleaned and not any(phone_numbers(cleaned)):
            raise ValidationError(_("“%(value)s”里没有可以拨打的号码。") % {"value": cleaned})
        return cleaned

    class Meta:
        icon = "mobile-alt"


class ExactBlock(blocks.DecimalBlock):
    """An exact number. The digits stay as typed: 3.20 is not 3.2."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 6} | kwargs)

    def normalize(self, value: Any) -> Decimal | None:
        """Take a string or a number."""
        return self.to_python(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Read a stored number. A float's shortest writing is meant, not its binary value; no number is None."""
        try:
            return None if value in (None, "") else Decimal(str(value))
        except InvalidOperation:
            return None

    def get_prep_value(self, value: Any) -> str | None:
        """Store a string, whichever encoder comes after. The form compares what was typed, before it is checked."""
        number = self.to_python(value)
        return None if number is None else format(number, "f")


class AmountBlock(ExactBlock):
    """An amount of money, zero or more."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0} | kwargs)
