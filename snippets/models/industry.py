"""Industries in two levels: education › primary schools."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from ..templates_hook import catalogue_choices
from ..wording import in_language


class IndustryQuerySet(models.QuerySet["Industry"]):
    """Reads of the industries."""

    def sectors(self) -> IndustryQuerySet:
        """Return the first level."""
        return self.filter(parent=None)

    def branches(self) -> IndustryQuerySet:
        """Return the second level."""
        return self.filter(parent__isnull=False)

    def names(self) -> list[str]:
        """Return the titles of these, of the sectors they belong to and of their branches, each once. One query."""
        rows = self.values_list("parent__title", "title", "branches__title").order_by("order", "code")
        return list(dict.fromkeys(title for row in rows for title in row if title))


class Industry(index.Indexed, models.Model):
    """A sector (first level) or a branch (second level). A branch's catalogue decides the page type of new units."""

    code = models.SlugField(_("代码"), max_length=64, unique=True)
    title = models.CharField(_("名称"), max_length=100)
    title_en = models.CharField(_("英文名称"), max_length=150, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("上级行业")
    )
    catalogue = models.CharField(
        _("行业模板目录"),
        max_length=64,
        blank=True,
        choices=catalogue_choices,
        help_text=_("决定本行业的公开目录、服务类别和新建单位的页面类型；二级行业留空则随一级行业。"),
    )
    is_statutory = models.BooleanField(
        _("法定行业"), default=False, help_text=_("《政府信息公开条例》第五十五条列明的八个行业。")
    )
    door = models.CharField(_("门字"), max_length=1, blank=True, help_text=_("首页上代表本行业的一个字，例如“学”。"))
    summary = models.CharField(_("一句话说明"), max_length=100, blank=True)
    summary_en = models.CharField(_("英文说明"), max_length=150, blank=True)
    classification = models.CharField(_("国民经济行业代码"), max_length=16, blank=True, help_text="GB/T 4754-2017")
    rule = models.CharField(_("依据的部门规定"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    updated_at = models.DateTimeField(_("最近改动"), auto_now=True, db_index=True)

    objects = IndustryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("title_en"),
        index.AutocompleteField("title"),
        index.FilterField("id"),
        index.FilterField("code"),
        index.FilterField("parent"),
        index.FilterField("is_statutory"),
        index.FilterField("catalogue"),
    ]

    class Meta:
        verbose_name = _("行业")
        verbose_name_plural = _("行业")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.display_title

    def clean(self) -> None:
        """Refuse a third level and a sector that becomes a branch while it has branches."""
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("行业只分两级：二级行业之下不能再设行业。")})
        if self.parent_id and self.pk and (self.parent_id == self.pk or self.branches.exists()):
            raise ValidationError({"parent": _("本行业已有二级行业，不能再归入别的行业。")})

    @property
    def display_title(self) -> str:
        """Return the title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def display_summary(self) -> str:
        """Return the one-line description in the language being read."""
        return in_language(self.summary, self.summary_en)

    @property
    def catalogue_code(self) -> str:
        """Return the code of the catalogue that rules this industry's units: its own, its sector's, or `generic`."""
        return self.catalogue or (self.parent.catalogue if self.parent else "") or "generic"

    @property
    def sector(self) -> Industry:
        """Return the first-level industry."""
        return self.parent or self

    def autocomplete_label(self) -> Any:
        """Show the sector with the branch in choosers."""
        return f"{self.parent.title} › {self.title}" if self.parent else self.title
