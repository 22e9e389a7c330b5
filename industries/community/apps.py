"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """The industry template community."""

    name = "industries.community"
    label = "community"
    verbose_name = "基层村居"
    default_auto_field = "django.db.models.BigAutoField"
