"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class SnippetsConfig(AppConfig):
    """The snippets room."""

    name = "snippets"
    verbose_name = "目录与服务"
    default_auto_field = "django.db.models.BigAutoField"
