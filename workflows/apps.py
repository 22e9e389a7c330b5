"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """The workflows room."""

    name = "workflows"
    verbose_name = "审核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register who sets the time limits, and that the tiers are nobody's to set; listen to what concerns both."""
        from wagtail.models import Task, Workflow  # noqa: PLC0415
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (models are loaded only now)

        from accounts.policies import NobodyPolicy, SitePolicy  # noqa: PLC0415

        from . import aftermath, bundles, fingerprints, records, recount, rerouting  # noqa: PLC0415
        from .models import ApprovalLimits  # noqa: PLC0415

        register_permission_policy(ApprovalLimits, SitePolicy(ApprovalLimits, reads=frozenset()))
        for model in (Task, Workflow):
            register_permission_policy(model, NobodyPolicy(model))
        for listener in (aftermath, bundles, fingerprints, records, recount, rerouting):
            listener.connect()
