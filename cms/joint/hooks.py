"""Hooks of the joint search; imported by cms.wagtail_hooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from .engines import feeds, gongkai, links, opensearch, searxng
from .kinds import HOOK, SourceKind
from .models import OutsideSource
from .viewsets import OutsideSourceViewSet

register_snippet(OutsideSourceViewSet)


@hooks.register("register_admin_urls")
def joint_urls() -> list[Any]:
    """Mount the screens."""
    return [path("joint/", include("cms.joint.urls"))]


@hooks.register("register_snippet_listing_buttons")
def try_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer the test of a source in its row."""
    if isinstance(snippet, OutsideSource):
        query = urlencode({"kind": snippet.kind, "address": snippet.address})
        yield Button(_("接通测试"), f"{reverse('joint:try')}?{query}", icon_name="search", priority=15)


@hooks.register(HOOK)
def sister_portals() -> SourceKind:
    """兄弟门户."""
    return gongkai.KIND


@hooks.register(HOOK)
def sites_with_a_description() -> SourceKind:
    """OpenSearch."""
    return opensearch.KIND


@hooks.register(HOOK)
def search_feeds() -> SourceKind:
    """RSS, Atom."""
    return feeds.KIND


@hooks.register(HOOK)
def metasearch() -> SourceKind:
    """SearXNG."""
    return searxng.KIND


@hooks.register(HOOK)
def deep_links() -> SourceKind:
    """只给链接."""
    return links.KIND
