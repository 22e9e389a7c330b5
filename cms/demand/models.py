"""Numbers per day; nothing here tells who read or searched."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from snippets.models import CatalogueEntry, Industry

TEXT_LENGTH = 40


class Way(models.TextChoices):
    """How something was read."""

    WEB = "web", _("网页")
    API = "api", _("接口")


class Subject(models.TextChoices):
    """What was read."""

    PAGE = "page", _("页面")
    ITEM = "item", _("在线服务项目")
    ENTRY = "entry", _("公开事项")


def _as_it_was(model: Any) -> Any:
    """Refer to what may go: the number stays, and neither hinders nor slows a deletion."""
    return models.ForeignKey(
        model, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+", db_index=False
    )


class Views(models.Model):
    """How often one thing was read on one day. Whose it was that day is kept with it, for the sums.

    `key` is the number of a source-language page, of a source-language service item, or of an entry.
    """

    day = models.DateField(_("日期"))
    way = models.CharField(_("途径"), max_length=3, choices=Way.choices)
    subject = models.CharField(_("种类"), max_length=5, choices=Subject.choices)
    key = models.BigIntegerField(_("编号"))
    organisation = _as_it_was(Page)
    entry = _as_it_was(CatalogueEntry)
    industry = _as_it_was(Industry)
    number = models.PositiveIntegerField(_("次数"))

    class Meta:
        verbose_name = _("阅读次数")
        verbose_name_plural = _("阅读次数")
        constraints = [models.UniqueConstraint(fields=["day", "way", "subject", "key"], name="views_once_a_day")]
        indexes = [models.Index(fields=["organisation", "day"], name="views_of_organisation")]

    def __str__(self) -> str:
        return f"{self.day} {self.subject} {self.key}: {self.number}"


class Query(models.Model):
    """Words that were searched for often enough, on enough days, that they tell of no single person."""

    text = models.CharField(_("搜索词"), max_length=TEXT_LENGTH, unique=True)

    class Meta:
        verbose_name = _("搜索词")
        verbose_name_plural = _("搜索词")

    def __str__(self) -> str:
        return self.text


class Searches(models.Model):
    """How often a query was asked on one day, how often without a result that holds all of it, and what was found."""

    query = models.ForeignKey(Query, on_delete=models.CASCADE, related_name="searches")
    day = models.DateField(_("日期"), db_index=True)
    number = models.PositiveIntegerField(_("次数"))
    missed = models.PositiveIntegerField(_("无结果次数"))
    # The last time.
    found = models.PositiveIntegerField(_("结果数"))

    class Meta:
        verbose_name = _("搜索次数")
        verbose_name_plural = _("搜索次数")
        constraints = [models.UniqueConstraint(fields=["query", "day"], name="searches_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.query_id}: {self.number}"


class RareSearches(models.Model):
    """The same of words that are still rare: known by a keyed digest only. The words themselves are not kept."""

    digest = models.CharField(max_length=64)
    day = models.DateField(db_index=True)
    number = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("少见的搜索")
        verbose_name_plural = _("少见的搜索")
        constraints = [models.UniqueConstraint(fields=["digest", "day"], name="rare_searches_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:8]}: {self.number}"


class Reading(models.Model):
    """How far a file of lines has been counted; written in the transaction that counts."""

    # Of the file's first line, which is unlike any other: a file that was moved or copied is known again.
    digest = models.CharField(max_length=64, unique=True)
    offset = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("日志读取进度")
        verbose_name_plural = _("日志读取进度")

    def __str__(self) -> str:
        return f"{self.digest[:8]}: {self.offset}"
