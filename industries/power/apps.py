"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class PowerConfig(AppConfig):
    """The industry template power."""

    name = "industries.power"
    label = "power"
    verbose_name = "供电"
    default_auto_field = "django.db.models.BigAutoField"
