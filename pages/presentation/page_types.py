"""Every module that presents a page type: imported once all models are loaded (`pages.apps`)."""

from . import (
    catalogue,
    department,
    disclosure,
    district,
    industry,
    industry_catalogue,
    notice,
    notice_index,
    portal,
    roster,
    service_hall,
    standard,
    things,
    unit,
)

__all__ = [
    "catalogue",
    "department",
    "disclosure",
    "district",
    "industry",
    "industry_catalogue",
    "notice",
    "notice_index",
    "portal",
    "roster",
    "service_hall",
    "standard",
    "things",
    "unit",
]
