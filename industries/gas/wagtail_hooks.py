"""The industry template for gas supply."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def gas() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="gas",
        label="供气",
        label_en="Gas supply",
        catalogues=(
            Catalogue("gas", "供气企业公开目录", CATALOGUES / "gas.json", "Gas supply companies", "gas.GasPage"),
        ),
    )
