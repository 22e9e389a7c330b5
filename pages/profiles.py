"""Typed fields of industry templates: how they are edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

if TYPE_CHECKING:
    from collections.abc import Iterable


def profile_panel(heading: Any, names: Iterable[str]) -> MultiFieldPanel:
    """Return one panel with the typed fields of a template."""
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)
