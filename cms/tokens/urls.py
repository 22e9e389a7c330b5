"""The addresses of the tokens, below /admin/tokens/."""

from __future__ import annotations

from django.urls import path

from .views import OrganisationTokensView, RevokeView, TokensView, TokenView

app_name = "tokens"
urlpatterns = [
    path("", TokensView.as_view(), name="tokens"),
    path("at/<int:pk>/", OrganisationTokensView.as_view(), name="organisation"),
    path("<int:pk>/", TokenView.as_view(), name="token"),
    path("<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
]
