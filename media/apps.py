"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Images and documents with an owner. Their permission policy is registered by the roof."""

    name = "media"
    verbose_name = "媒体"
    default_auto_field = "django.db.models.BigAutoField"
