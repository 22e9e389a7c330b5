"""The addresses of the reports, below /admin/reports/demand/."""

from __future__ import annotations

from django.urls import path

from .views import ExportView, ReadsView, SearchesView

app_name = "demand"
urlpatterns = [
    path("", ReadsView.as_view(), name="reads"),
    path("searches/", SearchesView.as_view(), name="searches"),
    path("<str:report>.<str:file_type>", ExportView.as_view(), name="export"),
]
