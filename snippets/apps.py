"""App configuration: registers the policies of the snippets, before wagtail.snippets gets ready."""

from __future__ import annotations

from django.apps import AppConfig


class SnippetsConfig(AppConfig):
    """Industries, catalogue entries, service items, portal settings."""

    name = "snippets"
    verbose_name = "目录与服务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register who may do what with each snippet."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (models are loaded only now)

        from accounts.policies import OperatorPolicy, OwnedPolicy, SitePolicy  # noqa: PLC0415

        from . import checks  # noqa: F401, PLC0415 (registers)
        from .models import (  # noqa: PLC0415
            CalendarDay,
            CatalogueEntry,
            Industry,
            LifeEvent,
            PortalSettings,
            SearchWords,
            SensitiveWord,
            ServiceItem,
        )

        register_permission_policy(ServiceItem, OwnedPolicy(ServiceItem, "provider"))
        for model in (Industry, CatalogueEntry, CalendarDay, LifeEvent, SearchWords, SensitiveWord):
            register_permission_policy(model, OperatorPolicy(model))
        register_permission_policy(PortalSettings, SitePolicy(PortalSettings, reads=frozenset()))
