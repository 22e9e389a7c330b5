"""Typed fields of industry templates: how they are declared, checked and edited.

A fact nobody has given yet is empty, never zero: every typed field may be left out, because drafts may be incomplete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from rules.phones import PhoneError, tel_uri

if TYPE_CHECKING:
    from collections.abc import Iterable


def profile_panel(heading: Any, names: Iterable[str]) -> MultiFieldPanel:
    """Return one panel with the typed fields of a template."""
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


def validate_phone(value: str) -> None:
    """Refuse what is not one telephone number that can be dialled."""
    try:
        tel_uri(value)
    except PhoneError as error:
        raise ValidationError(str(error)) from error


def phone_field(label: Any, **options: Any) -> models.CharField:
    """Return a field for one telephone number."""
    return models.CharField(label, max_length=32, blank=True, validators=[validate_phone], **options)


def count_field(label: Any, most: int, least: int = 0, **options: Any) -> models.PositiveIntegerField:
    """Return a field for a whole number within bounds: a slip of the finger is refused, not published."""
    validators = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveIntegerField(label, null=True, blank=True, validators=validators, **options)


def amount_field(label: Any, most: int, places: int = 2, least: int = 0, **options: Any) -> models.DecimalField:
    """Return a field for an exact amount within bounds."""
    digits = len(str(most)) + places
    validators = [MinValueValidator(least), MaxValueValidator(most)]
    return models.DecimalField(
        label, max_digits=digits, decimal_places=places, null=True, blank=True, validators=validators, **options
    )
