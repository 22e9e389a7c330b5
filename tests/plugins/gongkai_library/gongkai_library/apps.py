"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The industry template library. The label is part of every stored page type: it stays for ever."""

    name = "gongkai_library"
    label = "gongkai_library"
    verbose_name = "公共图书馆"
    default_auto_field = "django.db.models.BigAutoField"
