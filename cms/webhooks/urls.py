"""The addresses of the webhooks, below /admin/webhooks/."""

from __future__ import annotations

from django.urls import path

from .delivery_views import DeliveryView
from .views import ActView, ChangeView, RegisterView, WebhooksView, WebhookView

app_name = "webhooks"
urlpatterns = [
    path("", WebhooksView.as_view(), name="list"),
    path("add/", RegisterView.as_view(), name="add"),
    path("<int:pk>/", WebhookView.as_view(), name="webhook"),
    path("<int:pk>/edit/", ChangeView.as_view(), name="edit"),
    path("<int:pk>/act/", ActView.as_view(), name="act"),
    path("<int:pk>/<int:delivery>/", DeliveryView.as_view(), name="delivery"),
]
