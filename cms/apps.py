"""App configuration of the roof: registers the policies of models that do not know `accounts`."""

from __future__ import annotations

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Settings, URLs, checks, desk, API, search and delivery."""

    name = "cms"
    verbose_name = "办事公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the media policies; wagtail.images and wagtail.documents have registered theirs by now."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (models are loaded only now)

        from accounts.policies import OwnedMediaPolicy  # noqa: PLC0415
        from media.models import Document, Image  # noqa: PLC0415
        from media.usage import is_used  # noqa: PLC0415
        from workflows.letters import connect  # noqa: PLC0415

        from . import checks  # noqa: F401, PLC0415
        from .audit import checks as audit_checks  # noqa: F401, PLC0415
        from .audit import feeding  # noqa: PLC0415
        from .countersigning import watching  # noqa: PLC0415
        from .languages import connections  # noqa: PLC0415
        from .public_events import connections as public_events  # noqa: PLC0415
        from .sign_in import connections as sign_in  # noqa: PLC0415

        for model in (Image, Document):
            register_permission_policy(model, OwnedMediaPolicy(model, "owner_organisation", is_used))
        # wagtail.admin has connected its own mail by now; ours takes its place.
        connect()
        connections.connect()
        feeding.connect()
        public_events.connect()
        watching.connect()
        sign_in.connect()
