"""Every module that presents a page type: imported once all models are loaded (`pages.apps`)."""

from . import department, district, industry, portal, standard, unit

__all__ = ["department", "district", "industry", "portal", "standard", "unit"]
