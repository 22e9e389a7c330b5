"""The addresses of the write API, below /api/v2/write/."""

from __future__ import annotations

from django.urls import path

from .views import DraftsView, DraftView, FilesView, PreviewTokenView, StatusView, SubmitView

DRAFT = "v2/write/<slug:kind>/<row:pk>/"

urlpatterns = [
    path("v2/write/files/<slug:kind>/", FilesView.as_view(), name="api_write_files"),
    path("v2/write/<slug:kind>/", DraftsView.as_view(), name="api_write_drafts"),
    path(DRAFT, DraftView.as_view(), name="api_write_draft"),
    path(f"{DRAFT}submit/", SubmitView.as_view(), name="api_write_submit"),
    path(f"{DRAFT}status/", StatusView.as_view(), name="api_write_status"),
    path(f"{DRAFT}preview-token/", PreviewTokenView.as_view(), name="api_write_preview_token"),
]
