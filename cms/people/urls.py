"""The addresses of an organisation's people, below /admin/people/."""

from __future__ import annotations

from django.urls import path

from .views import ChangeView, PeopleView

app_name = "people"
urlpatterns = [
    path("<int:pk>/", PeopleView.as_view(), name="people"),
    path("<int:pk>/<int:appointment>/", ChangeView.as_view(), name="change"),
]
