"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class HealthConfig(AppConfig):
    """The industry template health."""

    name = "industries.health"
    label = "health"
    verbose_name = "卫生健康"
    default_auto_field = "django.db.models.BigAutoField"
