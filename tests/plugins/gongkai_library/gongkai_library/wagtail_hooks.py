"""The industry template of public libraries."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

from .blocks import HoldingsBlock
from .checks import a_closure_says_until_when

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def library() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="library",
        label="公共图书馆",
        label_en="Public libraries",
        catalogues=(
            Catalogue(
                "library",
                "公共图书馆公开目录",
                CATALOGUES / "library.json",
                "Public libraries",
                "gongkai_library.LibraryPage",
            ),
        ),
        blocks=(("library_holdings", HoldingsBlock),),
        checks=(a_closure_says_until_when,),
    )
