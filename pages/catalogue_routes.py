"""The generated catalogue pages (公开目录) and their downloads, as routes of organisations and industries."""

from __future__ import annotations


class CatalogueRoutesMixin:
    """An organisation's catalogue at `catalogue/`."""


class IndustryCatalogueRoutesMixin:
    """An industry's catalogue at `catalogue/`."""
