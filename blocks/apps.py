"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class BlocksConfig(AppConfig):
    """The blocks room."""

    name = "blocks"
    verbose_name = "内容块"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from . import checks  # noqa: F401, PLC0415 (models are loaded only now)
