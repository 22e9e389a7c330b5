"""The addresses of the screens, below /admin/service-health/."""

from __future__ import annotations

from django.urls import path

from .views import EndView, MaintenanceView, ReportFileView, ReportView

app_name = "service_health"
urlpatterns = [
    path("", ReportView.as_view(), name="list"),
    path("<str:table>.<str:file_type>", ReportFileView.as_view(), name="file"),
    path("<int:pk>/maintenance/", MaintenanceView.as_view(), name="maintenance"),
    path("<int:pk>/maintenance/<int:row>/end/", EndView.as_view(), name="end"),
]
