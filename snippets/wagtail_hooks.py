"""Hooks: register the snippets."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from .viewsets import CatalogueGroup

register_snippet(CatalogueGroup)
