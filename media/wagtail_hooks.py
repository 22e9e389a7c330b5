"""Hooks: drafts' files are not served, used ones stay, and the admin's API lists what is within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import path
from wagtail import hooks

from .admin_api import OwnedDocumentsAdminAPI, OwnedImagesAdminAPI
from .privacy import may_read
from .views import (
    DeleteUnusedDocument,
    DeleteUnusedDocumentOfSeveral,
    DeleteUnusedImage,
    DeleteUnusedImageOfSeveral,
)

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest
    from wagtail.api.v2.router import WagtailAPIRouter

    from .models import Document


@hooks.register("before_serve_document")
def refuse_private_documents(document: Document, request: HttpRequest) -> None:
    """Answer 404 for a file that no live page uses yet."""
    if not may_read(request.user, document):
        raise Http404


@hooks.register("construct_admin_api", order=100)
def list_what_is_within_reach(router: WagtailAPIRouter) -> None:
    """Take the place of Wagtail's endpoints, which list everything to everybody."""
    router.register_endpoint("images", OwnedImagesAdminAPI)
    router.register_endpoint("documents", OwnedDocumentsAdminAPI)


@hooks.register("register_admin_urls", order=-10)
def keep_what_is_used() -> list[Any]:
    """Resolve before Wagtail's own; `reverse` finds the same addresses."""
    return [
        path("images/<int:image_id>/delete/", DeleteUnusedImage.as_view()),
        path("documents/delete/<int:document_id>/", DeleteUnusedDocument.as_view()),
        path("images/multiple/<int:image_id>/delete/", DeleteUnusedImageOfSeveral.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", DeleteUnusedDocumentOfSeveral.as_view()),
    ]
