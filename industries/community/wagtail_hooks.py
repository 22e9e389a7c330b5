"""The industry template for villages and residents' committees."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def community() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="community",
        label="基层村居",
        label_en="Villages and communities",
        catalogues=(
            Catalogue(
                "community",
                "村（居）务公开目录",
                CATALOGUES / "community.json",
                "Village and community affairs",
                "community.CommunityPage",
            ),
        ),
    )
