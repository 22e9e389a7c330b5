"""A document is private until a live page uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from typing import Any

    from .models import Document


def is_used_by_a_live_page(document: Document) -> bool:
    """Does a live page refer to this document?"""
    references = ReferenceIndex.get_references_to(document)
    page_type = ReferenceIndex._get_base_content_type(Page)
    ids = references.filter(base_content_type=page_type).values_list("object_id", flat=True)
    # What has expired is no longer public, also where the worker has not come to it yet.
    current = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    return Page.objects.live().filter(current, pk__in=[int(pk) for pk in ids]).exists()


def may_read(user: Any, document: Document) -> bool:
    """May this person fetch the file: everybody once it is public, before that whoever may see it in the admin."""
    if is_used_by_a_live_page(document):
        return True
    policy = policy_registry.get_by_type(type(document))
    return bool(
        user.is_authenticated
        and policy.user_has_any_permission_for_instance(user, {"change", "choose", "view"}, document)
    )
