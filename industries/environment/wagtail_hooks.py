"""The industry template for sewage, waste and monitoring."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def environment() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="environment",
        label="环境保护",
        label_en="Environment",
        catalogues=(
            Catalogue(
                "environment",
                "企业环境信息依法披露目录",
                CATALOGUES / "environment.json",
                "Environmental disclosure by enterprises",
                "environment.TreatmentPage",
            ),
        ),
    )
