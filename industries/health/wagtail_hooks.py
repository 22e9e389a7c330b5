"""The industry template for hospitals and health centres."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def health() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="health",
        label="卫生健康",
        label_en="Health",
        catalogues=(
            Catalogue(
                "health",
                "医疗卫生机构公开目录",
                CATALOGUES / "health.json",
                "Health institutions",
                "health.HospitalPage",
            ),
        ),
    )
