"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class EnvironmentConfig(AppConfig):
    """The industry template environment."""

    name = "industries.environment"
    label = "environment"
    verbose_name = "环境保护"
    default_auto_field = "django.db.models.BigAutoField"
