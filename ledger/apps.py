"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger room."""

    name = "ledger"
    verbose_name = "办事公开台账"
    default_auto_field = "django.db.models.BigAutoField"
