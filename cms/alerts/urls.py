"""The address of the list. It stands beside the endpoints: they know nothing of it."""

from __future__ import annotations

from django.urls import path

from cms.api.cors import readable_from_elsewhere

from .views import Alerts

urlpatterns = [path("", readable_from_elsewhere(Alerts.as_view()), name="api_alerts")]
