"""The industry template for heating."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

from .checks import a_price_names_its_season

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def heating() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="heating",
        label="供热",
        label_en="Heating",
        catalogues=(
            Catalogue(
                "heating", "供热企业公开目录", CATALOGUES / "heating.json", "Heating companies", "heating.HeatingPage"
            ),
        ),
        checks=(a_price_names_its_season,),
    )
