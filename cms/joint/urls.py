"""The screens beside the list of sources, below /admin/joint/."""

from __future__ import annotations

from django.urls import path

from .trying import TryView

app_name = "joint"
urlpatterns = [path("try/", TryView.as_view(), name="try")]
