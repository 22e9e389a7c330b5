"""The addresses of files; the page that lists them stands in cms.urls, for it is read in several languages."""

from __future__ import annotations

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("index.json", views.listed, name="exports_list"),
    path("files/<str:name>", views.file, name="export_file"),
    re_path(r"^(?P<endpoint>[a-z-]+)\.(?P<file_type>csv|xlsx)$", views.table_of_now, name="export_table"),
]
