"""The addresses of the list of words, below /admin/words/."""

from __future__ import annotations

from django.urls import path

from .views import WordImportView, WordSheetView

app_name = "words"
urlpatterns = [
    path("sheet/", WordSheetView.as_view(), name="sheet"),
    path("import/", WordImportView.as_view(), name="import"),
]
