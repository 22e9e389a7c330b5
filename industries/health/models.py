"""Hospitals and health centres: what patients ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import count_field, profile_panel


class HospitalKind(models.TextChoices):
    """机构类别."""

    GENERAL = "general", _("综合医院")
    CHINESE = "chinese", _("中医医院")
    SPECIALIST = "specialist", _("专科医院")
    MATERNAL = "maternal", _("妇幼保健机构")
    COMMUNITY = "community", _("社区卫生服务机构")
    TOWNSHIP = "township", _("乡镇卫生院")
    CONTROL = "control", _("疾病预防控制与卫生监督机构")
    BLOOD = "blood", _("采供血机构")
    FIRST_AID = "first_aid", _("院前急救机构")


class Grade(models.TextChoices):
    """医院等级 (医疗机构评审: level and class)."""

    TERTIARY_A = "3a", _("三级甲等")
    TERTIARY_B = "3b", _("三级乙等")
    TERTIARY = "3", _("三级")
    SECONDARY_A = "2a", _("二级甲等")
    SECONDARY_B = "2b", _("二级乙等")
    SECONDARY = "2", _("二级")
    PRIMARY_A = "1a", _("一级甲等")
    PRIMARY = "1", _("一级")
    UNGRADED = "0", _("未定级")


class Ownership(models.TextChoices):
    """办医性质."""

    PUBLIC = "public", _("公立")
    NON_PROFIT = "non_profit", _("社会办非营利性")
    PROFIT = "profit", _("社会办营利性")


class Insurance(models.TextChoices):
    """医保定点."""

    NATIONAL = "national", _("医保定点，支持异地就医直接结算")
    LOCAL = "local", _("医保定点")
    NONE = "none", _("非医保定点")


# 医院分级管理: these are licensed, but not graded as hospitals.
NOT_GRADED = {HospitalKind.CONTROL, HospitalKind.BLOOD, HospitalKind.FIRST_AID}


class HospitalPage(UnitPage):
    """医疗卫生机构. Consulting hours, doctors and prices are disclosures, not fields."""

    schema_type: ClassVar[str] = "Hospital"
    profile_fields: ClassVar[tuple[str, ...]] = (
        "kind",
        "grade",
        "ownership",
        "departments",
        "beds",
        "insurance",
        "emergency_24h",
    )

    kind = models.CharField(_("机构类别"), max_length=16, choices=HospitalKind.choices, blank=True)
    grade = models.CharField(_("等级"), max_length=2, choices=Grade.choices, blank=True)
    ownership = models.CharField(_("办医性质"), max_length=16, choices=Ownership.choices, blank=True)
    departments = models.CharField(
        _("诊疗科目"), max_length=500, blank=True, help_text=_("按执业许可填写，用顿号隔开，例如：内科、外科、儿科。")
    )
    beds = count_field(_("床位数（张）"), most=20_000)
    insurance = models.CharField(_("医保"), max_length=16, choices=Insurance.choices, blank=True)
    emergency_24h = models.BooleanField(_("24 小时急诊"), null=True, blank=True)

    content_panels = [*UnitPage.content_panels, profile_panel(_("医疗服务"), profile_fields)]

    class Meta:
        verbose_name = _("医疗卫生机构")
        verbose_name_plural = _("医疗卫生机构")

    def clean(self) -> None:
        """Refuse a hospital's grade for what is no hospital."""
        super().clean()
        if self.kind in NOT_GRADED and self.grade not in ("", Grade.UNGRADED):
            message: Any = _("“%(kind)s”不参加医院等级评审，“等级”请留空。")
            raise ValidationError({"grade": message % {"kind": self.get_kind_display()}})
