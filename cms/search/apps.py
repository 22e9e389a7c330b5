"""App configuration of the search: what it knows of names and words."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Vocabulary, dictionary, index."""

    name = "cms.search"
    label = "search"
    verbose_name = _("搜索")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes the index."""
        from . import updating  # noqa: PLC0415 (models are loaded only now)

        updating.connect()
