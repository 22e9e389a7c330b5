"""The address of the preview, below /admin/front-preview/."""

from __future__ import annotations

from django.urls import path

from .views import FrontPreviewView

app_name = "front_preview"
urlpatterns = [path("<slug:kind>/<int:pk>/", FrontPreviewView.as_view(), name="open")]
