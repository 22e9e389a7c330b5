"""The addresses of proposals, below /admin/countersigning/."""

from __future__ import annotations

from django.urls import path

from .views import ProposalsView, ProposalView

app_name = "countersigning"
urlpatterns = [
    path("", ProposalsView.as_view(), name="list"),
    path("<int:pk>/", ProposalView.as_view(), name="proposal"),
]
