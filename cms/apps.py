"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The cms room."""

    name = "cms"
    verbose_name = "办事公开"
    default_auto_field = "django.db.models.BigAutoField"
