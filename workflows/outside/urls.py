"""The public addresses of drafts shown outside."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .public import DraftView, FileView


class TokenConverter(StringConverter):
    """What a signed token is written with."""

    regex = r"[\w.-]{20,200}"


register_converter(TokenConverter, "token")

app_name = "outside"
urlpatterns = [
    path("<token:token>/", DraftView.as_view(), name="draft"),
    path("<token:token>/files/<int:document_id>/", FileView.as_view(), name="file"),
]
