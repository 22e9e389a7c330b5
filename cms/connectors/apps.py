"""App configuration of the connectors."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConnectorsConfig(AppConfig):
    """Connections to providers, orders of payment."""

    name = "cms.connectors"
    label = "connectors"
    verbose_name = _("办理接口")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the probe."""
        from cms.service_health.probes import register_probe  # noqa: PLC0415 (models are loaded only now)

        from .probe import ConnectionProbe  # noqa: PLC0415

        register_probe(ConnectionProbe())
