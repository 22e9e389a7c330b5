"""The industry template for power supply."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def power() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="power",
        label="供电",
        label_en="Power supply",
        catalogues=(
            Catalogue(
                "power",
                "供电企业公开目录",
                CATALOGUES / "power.json",
                "Electricity supply companies",
                "power.PowerPage",
            ),
        ),
    )
