"""The industry template for public transport."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def transport() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="transport",
        label="公共交通",
        label_en="Public transport",
        catalogues=(
            Catalogue(
                "transport",
                "公共交通企业公开目录",
                CATALOGUES / "transport.json",
                "Public transport companies",
                "transport.TransportPage",
            ),
        ),
    )
