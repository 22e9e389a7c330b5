"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class HeatingConfig(AppConfig):
    """The industry template heating."""

    name = "industries.heating"
    label = "heating"
    verbose_name = "供热"
    default_auto_field = "django.db.models.BigAutoField"
