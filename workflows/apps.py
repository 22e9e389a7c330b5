"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """The workflows room."""

    name = "workflows"
    verbose_name = "审核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register who sets the time limits, and listen to the calendar and to revisions."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (models are loaded only now)

        from accounts.policies import SitePolicy  # noqa: PLC0415

        from . import aftermath, bundles, fingerprints, records, recount, rerouting  # noqa: PLC0415
        from .models import ApprovalLimits  # noqa: PLC0415

        register_permission_policy(ApprovalLimits, SitePolicy(ApprovalLimits, reads=frozenset()))
        for listener in (aftermath, bundles, fingerprints, records, recount, rerouting):
            listener.connect()
