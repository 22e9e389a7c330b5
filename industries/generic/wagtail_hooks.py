"""The generic template: branches without a template of their own, and the catalogue of the offices."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def generic() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="generic",
        label="通用",
        label_en="Generic",
        catalogues=(
            Catalogue("generic", "公共企事业单位通用目录", CATALOGUES / "generic.json", "General catalogue"),
            Catalogue("post", "邮政通信目录", CATALOGUES / "post.json", "Post and telecommunication"),
            Catalogue(
                "social_insurance", "社会保险与公积金目录", CATALOGUES / "social_insurance.json", "Social insurance"
            ),
            Catalogue("culture_tourism", "文化旅游目录", CATALOGUES / "culture_tourism.json", "Culture and tourism"),
            Catalogue("office", "机关公开目录", CATALOGUES / "office.json", "Offices", page_type=None),
        ),
    )
