"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """The workflows room."""

    name = "workflows"
    verbose_name = "审核"
    default_auto_field = "django.db.models.BigAutoField"
