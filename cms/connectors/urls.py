"""The addresses of the connections, below /admin/connections/."""

from __future__ import annotations

from django.urls import path

from .screens import ActView, ChangeView, ConnectionsView, ConnectionView, RegisterView

app_name = "connections"
urlpatterns = [
    path("", ConnectionsView.as_view(), name="list"),
    path("add/", RegisterView.as_view(), name="add"),
    path("<int:pk>/", ConnectionView.as_view(), name="connection"),
    path("<int:pk>/edit/", ChangeView.as_view(), name="edit"),
    path("<int:pk>/act/", ActView.as_view(), name="act"),
]
