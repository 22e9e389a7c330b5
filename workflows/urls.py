"""The addresses of the approval screens, below /admin/approval/."""

from __future__ import annotations

from django.urls import path

from .queue_views import QueueView
from .views import ItemView, RecallView

app_name = "approval"
urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("<int:state_id>/", ItemView.as_view(), name="item"),
    path("recall/<int:workflow_state_id>/", RecallView.as_view(), name="recall"),
]
