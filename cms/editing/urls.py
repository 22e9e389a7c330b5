"""The addresses of the clerk's tools, below /admin/editing/."""

from __future__ import annotations

from django.urls import path

from .bundling import BundleDraftsView
from .views import BlankSheetView, CopyView, FoundView, ImportConfirmView, ImportView

app_name = "editing"
urlpatterns = [
    path("<int:pk>/copy/", CopyView.as_view(), name="copy"),
    path("<int:pk>/sheet/", BlankSheetView.as_view(), name="sheet"),
    path("<int:pk>/import/", ImportView.as_view(), name="import"),
    path("<int:pk>/import/confirm/", ImportConfirmView.as_view(), name="import_confirm"),
    path("<int:pk>/bundle/", BundleDraftsView.as_view(), name="bundle"),
    path("<int:pk>/found/", FoundView.as_view(), name="found"),
]
