"""The addresses of withdrawing and reviewing, below /admin/withdrawal/."""

from __future__ import annotations

from django.urls import path

from .review_views import ReviewListView, ReviewView
from .withdrawal_views import RequestView, RevokeView, WithdrawView

app_name = "withdrawal"
urlpatterns = [
    path("", ReviewListView.as_view(), name="list"),
    path("review/<int:pk>/", ReviewView.as_view(), name="review"),
    path("request/<int:pk>/", RequestView.as_view(), name="request"),
    path("schedule/<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
    path("<slug:app_label>/<slug:model_name>/<str:pk>/", WithdrawView.as_view(), name="withdraw"),
]
