"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Organisations, disclosures, notices, indexes; levels, identity, template registry, register, roster."""

    name = "pages"
    verbose_name = "页面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers of Wagtail's signals, and register what presents the page types."""
        from . import withdrawal_rows  # noqa: F401, PLC0415 (models are loaded only now)
        from .presentation import page_types, withdrawn  # noqa: F401, PLC0415
        from .signal_handlers import connect  # noqa: PLC0415

        connect()
