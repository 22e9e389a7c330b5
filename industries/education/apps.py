"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class EducationConfig(AppConfig):
    """The industry template education."""

    name = "industries.education"
    label = "education"
    verbose_name = "教育"
    default_auto_field = "django.db.models.BigAutoField"
