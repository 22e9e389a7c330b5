"""The addresses of the audit, below /admin/audit/."""

from __future__ import annotations

from django.urls import path, re_path

from .auditor_views import AuditorListView, AuditorsView, ChangeAuditorView
from .views import EventListView, EventView, ExportView

app_name = "audit"
urlpatterns = [
    path("", EventListView.as_view(), name="events"),
    path("<int:pk>/", EventView.as_view(), name="event"),
    re_path(r"^export\.(?P<file_type>csv|xlsx)$", ExportView.as_view(), name="export"),
    path("auditors/", AuditorListView.as_view(), name="auditors"),
    path("auditors/<int:pk>/", AuditorsView.as_view(), name="auditors_at"),
    path("auditors/<int:pk>/<int:appointment>/", ChangeAuditorView.as_view(), name="change_auditor"),
]
