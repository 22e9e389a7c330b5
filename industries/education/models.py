"""Schools and universities: what parents and students ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import count_field, profile_panel


class Stage(models.TextChoices):
    """学段."""

    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("普通高中")
    NINE_YEAR = "nine_year", _("九年一贯制")
    COMPLETE = "complete", _("完全中学")
    VOCATIONAL = "vocational", _("中等职业学校")
    SPECIAL = "special", _("特殊教育学校")


class Ownership(models.TextChoices):
    """办学性质."""

    PUBLIC = "public", _("公办")
    PRIVATE = "private", _("民办")
    INCLUSIVE = "inclusive", _("普惠性民办")


class SchoolPage(UnitPage):
    """中小学、幼儿园、中职. Admission plans and charges are disclosures, not fields."""

    schema_type: ClassVar[str] = "School"
    profile_fields: ClassVar[tuple[str, ...]] = (
        "stage",
        "ownership",
        "area_served",
        "classes",
        "pupils",
        "boarding",
    )

    stage = models.CharField(_("学段"), max_length=16, choices=Stage.choices, blank=True)
    ownership = models.CharField(_("办学性质"), max_length=16, choices=Ownership.choices, blank=True)
    area_served = models.CharField(
        _("招生范围"), max_length=255, blank=True, help_text=_("学区或服务片区；当年的划分以公开信息为准。")
    )
    classes = count_field(_("班级数"), most=500)
    pupils = count_field(_("在校生数"), most=30_000)
    boarding = models.BooleanField(_("提供寄宿"), null=True, blank=True)

    content_panels = [*UnitPage.content_panels, profile_panel(_("学校情况"), profile_fields)]

    class Meta:
        verbose_name = _("学校")
        verbose_name_plural = _("学校")


class UniversityKind(models.TextChoices):
    """办学层次."""

    UNDERGRADUATE = "undergraduate", _("本科")
    JUNIOR_COLLEGE = "junior_college", _("专科（高职）")
    ADULT = "adult", _("成人高校")


class UniversityPage(UnitPage):
    """高等学校."""

    schema_type: ClassVar[str] = "CollegeOrUniversity"
    profile_fields: ClassVar[tuple[str, ...]] = ("kind", "ownership", "authority", "students", "campuses")

    kind = models.CharField(_("办学层次"), max_length=16, choices=UniversityKind.choices, blank=True)
    ownership = models.CharField(_("办学性质"), max_length=16, choices=Ownership.choices, blank=True)
    authority = models.CharField(_("主管单位"), max_length=100, blank=True, help_text=_("例如：教育部、辽宁省教育厅。"))
    students = count_field(_("在校生数"), most=300_000)
    campuses = models.CharField(_("校区"), max_length=255, blank=True)

    content_panels = [*UnitPage.content_panels, profile_panel(_("学校情况"), profile_fields)]

    class Meta:
        verbose_name = _("高等学校")
        verbose_name_plural = _("高等学校")
