"""The industry template for water supply."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def water() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="water",
        label="供水",
        label_en="Water supply",
        catalogues=(
            Catalogue("water", "供水企业公开目录", CATALOGUES / "water.json", "Water suppliers", "water.WaterPage"),
        ),
    )
