"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class GasConfig(AppConfig):
    """The industry template gas."""

    name = "industries.gas"
    label = "gas"
    verbose_name = "供气"
    default_auto_field = "django.db.models.BigAutoField"
