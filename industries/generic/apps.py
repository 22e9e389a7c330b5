"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class GenericConfig(AppConfig):
    """The industry template generic."""

    name = "industries.generic"
    label = "generic"
    verbose_name = "通用"
    default_auto_field = "django.db.models.BigAutoField"
