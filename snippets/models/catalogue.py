"""What must be disclosed: one entry of the catalogue of a template."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from blocks.kinds import ContentKind
from rules.update_rules import UpdateRule, describe, describe_en

from ..templates_hook import catalogue_choices
from ..wording import in_language
from .industry import Industry

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Publicity(models.TextChoices):
    """公开方式."""

    ACTIVE = "active", _("主动公开")
    ON_REQUEST = "on_request", _("依申请公开")
    NOT_PUBLIC = "not_public", _("不予公开")


class Cycle(models.TextChoices):
    """When an entry must be brought up to date (standard: update-cycle types)."""

    ON_CHANGE = "on_change", _("变更后限期更新")
    YEARLY = "yearly", _("每年定期")
    PERIODIC = "periodic", _("定期")
    BEFORE_EFFECT = "before_effect", _("生效前提前公布")
    ON_EVENT = "on_event", _("事件发生后")


class TimeUnit(models.TextChoices):
    """The unit of an update rule's amount."""

    HOUR = "hour", _("小时")
    DAY = "day", _("天")
    WORKDAY = "workday", _("个工作日")
    MONTH = "month", _("个月")


class CatalogueEntryQuerySet(models.QuerySet["CatalogueEntry"]):
    """Reads of the catalogue."""

    def valid(self, on: date) -> CatalogueEntryQuerySet:
        """Return the entries in force on a day."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=on),
            models.Q(valid_to=None) | models.Q(valid_to__gte=on),
        )


class CatalogueEntry(index.Indexed, models.Model):
    """One matter that must (or may) be disclosed, by whom, how often, on what legal basis, with how many tiers.

    A changed catalogue gets new rows with a later `valid_from`; history keeps pointing at the old ones.
    """

    catalogue = models.CharField(_("目录"), max_length=64, choices=catalogue_choices)
    code = models.CharField(_("编码"), max_length=16)
    group_code = models.CharField(_("类别编码"), max_length=16)
    group_title = models.CharField(_("类别"), max_length=100)
    group_title_en = models.CharField(_("类别（英文）"), max_length=150, blank=True)
    title = models.CharField(_("事项"), max_length=255)
    title_en = models.CharField(_("事项（英文）"), max_length=255, blank=True)
    is_mandatory = models.BooleanField(_("应当公开"), default=True)
    content_kind = models.CharField(_("内容形式"), max_length=32, choices=ContentKind.choices)
    cycle = models.CharField(_("更新方式"), max_length=16, choices=Cycle.choices)
    cycle_amount = models.PositiveSmallIntegerField(_("时限"), null=True, blank=True)
    cycle_unit = models.CharField(_("单位"), max_length=8, choices=TimeUnit.choices, blank=True)
    due_month = models.PositiveSmallIntegerField(
        _("月"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    due_day = models.PositiveSmallIntegerField(
        _("日"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    approval_tiers = models.PositiveSmallIntegerField(
        _("审核级数"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("1＝本单位初审；2＝加上级复审；3＝加终审。"),
    )
    is_routine = models.BooleanField(
        _("例行"),
        default=False,
        help_text=_("内容格式固定、风险低的事项（例如每月水质公告）：审核员可以一次批准多件，每件仍单独核对。"),
    )
    legal_basis = models.CharField(_("依据"), max_length=500, blank=True)
    publicity = models.CharField(_("公开方式"), max_length=16, choices=Publicity.choices, default=Publicity.ACTIVE)
    retention = models.CharField(_("公开时限（保留）"), max_length=50, default="长期")
    needs_privacy_check = models.BooleanField(_("须作个人信息审查"), default=False)
    government_class = models.CharField(_("政府信息公开分类号"), max_length=32, blank=True)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    updated_at = models.DateTimeField(_("最近改动"), auto_now=True, db_index=True)

    objects = CatalogueEntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("title_en"),
        index.SearchField("code"),
        index.SearchField("group_title"),
        index.SearchField("get_catalogue_display"),
        index.SearchField("industry_names"),
        index.AutocompleteField("title"),
        index.FilterField("id"),
        index.FilterField("catalogue"),
        index.FilterField("code"),
        index.FilterField("group_code"),
        index.FilterField("content_kind"),
        index.FilterField("is_mandatory"),
        index.FilterField("approval_tiers"),
        index.FilterField("valid_from"),
        index.FilterField("valid_to"),
    ]

    class Meta:
        verbose_name = _("公开目录事项")
        verbose_name_plural = _("公开目录事项")
        ordering = ["catalogue", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "code", "valid_from"],
                name="catalogue_entry_once",
                violation_error_message=_("本目录中已有同一编码、同一启用日期的事项。"),
            ),
            # SQLite holds two empty dates for different.
            models.UniqueConstraint(
                fields=["catalogue", "code"],
                condition=models.Q(valid_from=None),
                name="catalogue_entry_once_undated",
                violation_error_message=_("本目录中已有同一编码、没有启用日期的事项。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.display_title}"

    def clean(self) -> None:
        """Refuse a rule that says nothing and dates in the wrong order."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("停用日期不能早于启用日期。")})
        try:
            self.update_rule  # noqa: B018 (making the rule is the check)
        except ValueError as error:
            raise ValidationError({"cycle": str(error)}) from error

    @property
    def display_title(self) -> str:
        """Return the title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def display_group(self) -> str:
        """Return the group's title in the language being read."""
        return in_language(self.group_title, self.group_title_en)

    @property
    def industry_names(self) -> list[str]:
        """Return what the industries that publish by this catalogue are called: who asks for 医院投诉 means health."""
        return Industry.objects.filter(catalogue=self.catalogue).names()

    @property
    def update_rule(self) -> UpdateRule:
        """Return the rule as a value that `rules` can evaluate. Raises ValueError when its parts do not fit."""
        return UpdateRule.from_fields(self.cycle, self.cycle_amount, self.cycle_unit, self.due_month, self.due_day)

    @property
    def update_rule_text(self) -> str:
        """Say the rule in words, in the language being read."""
        return in_language(describe(self.update_rule), describe_en(self.update_rule))

    @property
    def is_due_at_once(self) -> bool:
        """Must this be out at once or within hours (outages)? Then tier 1 publishes and the rest review afterwards."""
        return self.update_rule.urgent

    @classmethod
    def of_catalogue(cls, code: str, on: date) -> QuerySet[Any]:
        """Return the entries of a catalogue in force on a day, in order."""
        return cls.objects.filter(catalogue=code).valid(on)
