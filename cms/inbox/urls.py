"""The addresses of the inbox, below /admin/inbox/."""

from __future__ import annotations

from django.urls import path

from .views import InboxView, LetterView, ReadView

app_name = "inbox"
urlpatterns = [
    path("", InboxView.as_view(), name="inbox"),
    path("<int:pk>/", LetterView.as_view(), name="letter"),
    path("read/", ReadView.as_view(), name="read"),
]
