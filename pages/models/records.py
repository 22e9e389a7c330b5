"""Side tables: what the *system* writes, keyed to the source-language page.

They stand apart from page fields so that an older revision published later cannot undo them and a translation cannot
double them (design: one fact, one home).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.withdrawable import Withdrawn
from snippets.models import CatalogueEntry

from .organisation import OrganisationPage


class RosterState(models.TextChoices):
    """The state of an organisation in the public roster (名录, §4.1.11)."""

    PROPOSED = "proposed", _("拟纳入")
    INCLUDED = "included", _("已纳入")
    SUSPENDED = "suspended", _("暂停")
    WITHDRAWN = "withdrawn", _("退出")


class RosterEntry(models.Model):
    """An organisation's place in the roster: its permanent code, its state, basis and date."""

    organisation = models.OneToOneField(
        OrganisationPage, on_delete=models.PROTECT, related_name="roster", verbose_name=_("单位")
    )
    # The credit code at the time, or division code + local serial. Never changes: index numbers are built on it.
    code = models.CharField(_("机构代码"), max_length=32, unique=True)
    state = models.CharField(_("状态"), max_length=16, choices=RosterState.choices, default=RosterState.PROPOSED)
    basis = models.CharField(_("依据"), max_length=255, blank=True)
    since = models.DateField(_("日期"), null=True, blank=True)
    # What the city pack calls this organisation, so that a second load finds it again; and what it doubted.
    pack_key = models.CharField(_("城市包标识"), max_length=128, blank=True, db_index=True)
    pack_digest = models.CharField(max_length=64, blank=True, editable=False)
    remark = models.CharField(_("待核事项"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("名录")
        verbose_name_plural = _("名录")

    def __str__(self) -> str:
        return f"{self.code} {self.organisation.title}"


class PhoneCheck(models.Model):
    """When somebody last rang a number, and whether it was answered."""

    organisation = models.ForeignKey(OrganisationPage, on_delete=models.CASCADE, related_name="phone_checks")
    number = models.CharField(_("号码"), max_length=32)
    tested_on = models.DateField(_("拨测日期"))
    answered = models.BooleanField(_("接通"), default=True)
    tested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("电话拨测")
        verbose_name_plural = _("电话拨测")
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="phone_check_latest")]

    def __str__(self) -> str:
        return f"{self.number} {self.tested_on}"


class Validity(models.TextChoices):
    """效力状态."""

    IN_FORCE = "in_force", _("现行有效")
    SUPERSEDED = "superseded", _("已被替代")
    REPEALED = "repealed", _("已废止")


class PublicationRecord(Withdrawn):
    """The public register: one row per disclosure or notice that was ever public.

    Outlives its page. The index number is given at first publication and never changes; the first publication date
    is the moment of that act and cannot be edited by anybody (国办秘函〔2019〕19号 punishes faked dates).
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="record", verbose_name=_("页面")
    )
    organisation = models.ForeignKey(OrganisationPage, on_delete=models.PROTECT, related_name="records")
    entry = models.ForeignKey(
        CatalogueEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="records", verbose_name=_("事项")
    )
    title = models.CharField(_("标题"), max_length=255)
    index_number = models.CharField(_("索引号"), max_length=100, unique=True)
    first_published_at = models.DateTimeField(_("首次公开时间"))
    last_published_at = models.DateTimeField(_("最近发布时间"))
    is_public = models.BooleanField(_("公开中"), default=True)
    validity = models.CharField(_("效力状态"), max_length=16, choices=Validity.choices, default=Validity.IN_FORCE)
    ended_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="ended")

    class Meta:
        verbose_name = _("公开记录")
        verbose_name_plural = _("公开记录")
        indexes = [
            models.Index(fields=["organisation", "entry", "-first_published_at"], name="record_by_place"),
            models.Index(fields=["entry", "-first_published_at"], name="record_by_entry"),
            models.Index(fields=["-first_published_at", "-id"], name="record_latest"),
            # Mirrors ask for what changed last.
            models.Index(fields=["-last_published_at", "-id"], name="record_changed_last"),
        ]

    def __str__(self) -> str:
        return f"{self.index_number} {self.title}"


class PageWithdrawal(Withdrawn):
    """How a page that is in no register (a standard page) left the public; gone with its next publication."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="withdrawal_row", verbose_name=_("页面")
    )

    class Meta:
        verbose_name = _("页面撤下")
        verbose_name_plural = _("页面撤下")

    def __str__(self) -> str:
        return f"{self.page} {self.get_withdrawal_kind_display()}"


class IndexCounter(models.Model):
    """The last serial given in one series: by the default scheme, one organisation's year."""

    series = models.CharField(max_length=150, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("索引号计数")
        verbose_name_plural = _("索引号计数")

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
