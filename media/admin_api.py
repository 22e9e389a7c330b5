"""The admin's own API: images and documents within the person's reach."""

from __future__ import annotations

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class OwnedMixin:
    """Ask the policy; Wagtail's endpoints list every collection without a password."""

    request: Any

    def get_queryset(self) -> Any:
        """Return what the person may choose."""
        stock: Any = super()
        everything = stock.get_queryset()
        policy = policy_registry.get_by_type(everything.model)
        return everything & policy.instances_user_has_any_permission_for(self.request.user, {"choose"})


class OwnedImagesAdminAPI(OwnedMixin, ImagesAdminAPIViewSet):
    """Images."""


class OwnedDocumentsAdminAPI(OwnedMixin, DocumentsAdminAPIViewSet):
    """Documents."""
