"""The industry template for education: schools and universities."""

from __future__ import annotations

from pathlib import Path

from wagtail import hooks

from pages.industry_templates import Catalogue, IndustryTemplate

from .checks import an_admission_names_its_year

CATALOGUES = Path(__file__).parent / "catalogues"


@hooks.register("register_industry_template")
def education() -> IndustryTemplate:
    """Declare the template."""
    return IndustryTemplate(
        code="education",
        label="教育",
        label_en="Education",
        catalogues=(
            Catalogue(
                "education_school",
                "中小学幼儿园公开目录",
                CATALOGUES / "education_school.json",
                "Schools and kindergartens",
                "education.SchoolPage",
            ),
            Catalogue(
                "education_university",
                "高等学校信息公开事项清单",
                CATALOGUES / "education_university.json",
                "Universities",
                "education.UniversityPage",
            ),
        ),
        checks=(an_admission_names_its_year,),
    )
