"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class WaterConfig(AppConfig):
    """The industry template water."""

    name = "industries.water"
    label = "water"
    verbose_name = "供水"
    default_auto_field = "django.db.models.BigAutoField"
