"""App configuration of the delivery: what is kept of what the public reads."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """Stored reads, the feed of changes, exports."""

    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("对外提供")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what changes."""
        from cms.api import shelf  # noqa: PLC0415 (models are loaded only now)

        from .stored import marking, rows, watching  # noqa: PLC0415

        marking.connect()
        watching.connect()
        shelf.put_up(rows.StoredRows())
