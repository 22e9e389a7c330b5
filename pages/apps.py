"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages room."""

    name = "pages"
    verbose_name = "页面"
    default_auto_field = "django.db.models.BigAutoField"
