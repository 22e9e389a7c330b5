"""Hooks of the blocks room."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from .shared_links import SharedDocumentLink, SharedPageLink


@hooks.register("register_rich_text_features", order=100)
def register_shared_links(features: Any) -> None:
    """Let links in rich text use rows that are at hand."""
    features.register_link_type(SharedPageLink)
    features.register_link_type(SharedDocumentLink)
