"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class TransportConfig(AppConfig):
    """The industry template transport."""

    name = "industries.transport"
    label = "transport"
    verbose_name = "公共交通"
    default_auto_field = "django.db.models.BigAutoField"
