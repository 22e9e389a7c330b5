"""App configuration of the health of services: registers the probe of the links."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServiceHealthConfig(AppConfig):
    """What is asked, and what came back."""

    name = "cms.service_health"
    label = "service_health"
    verbose_name = _("在线服务运行情况")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the first probe."""
        from .links import LinkProbe  # noqa: PLC0415 (models are loaded only now)
        from .probes import register_probe  # noqa: PLC0415

        register_probe(LinkProbe())
