"""Keep the fingerprint of every revision as it is saved: what changes nothing is no edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_save
from wagtail.models import Revision

from .contents import content_hash, fingerprint_of
from .models import Fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection


def connect() -> None:
    """Listen to revisions."""
    post_save.connect(_keep, sender=Revision, dispatch_uid="workflows.fingerprints")


def _keep(instance: Revision, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Write or renew the fingerprint; comments alone leave the hash as it was."""
    if raw or (update_fields is not None and "content" not in update_fields):
        return
    found = content_hash(instance.content)
    earlier = (
        Revision.objects.filter(
            base_content_type=instance.base_content_type_id, object_id=instance.object_id, pk__lt=instance.pk
        )
        .order_by("-pk")
        .first()
    )
    is_edit = earlier is None or fingerprint_of(earlier) != found
    row = Fingerprint(revision=instance, content_hash=found, is_edit=is_edit)
    Fingerprint.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["revision"], update_fields=["content_hash", "is_edit"]
    )
