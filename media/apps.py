"""App configuration: registers the policies for images and documents, after Wagtail has registered its own."""

from __future__ import annotations

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Images and documents with an owner."""

    name = "media"
    verbose_name = "媒体"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the policies; wagtail.images and wagtail.documents have overwritten theirs by now."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (models are loaded only now)

        from accounts.policies import OwnedMediaPolicy  # noqa: PLC0415

        from .models import Document, Image  # noqa: PLC0415

        for model in (Image, Document):
            register_permission_policy(model, OwnedMediaPolicy(model, "owner_organisation"))
