"""Hooks: mount the screens of the list of words."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks

from . import urls


@hooks.register("register_admin_urls")
def word_urls() -> list[Any]:
    """Mount the screens."""
    return [path("words/", include(urls))]
