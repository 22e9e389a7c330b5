"""The token by which a system asks and writes: what for, where, until when, from which addresses, in whose name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime


class Scope(models.TextChoices):
    """What a token is for. None of them publishes: nobody does."""

    READ = "read", _("读取公开内容（限额更高）")
    WRITE = "write", _("起草和修改")
    SUBMIT = "submit", _("提交审核")
    PREVIEW = "preview", _("生成草稿预览")


# What is done in somebody's name.
ACTING = frozenset({Scope.WRITE, Scope.SUBMIT, Scope.PREVIEW})


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of the tokens."""

    def in_force(self, now: datetime) -> TokenQuerySet:
        """Return those that are neither revoked nor over."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class ApiToken(models.Model):
    """One token of one system. Of the secret only the SHA-256 is kept: it has 256 random bits, and is shown once.

    It reaches what lies under its organisation and within the reach of the person it acts for: when that person's
    appointment ends, the token is good for nothing but public reading.
    """

    key = models.CharField(_("编号"), max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    # The secret before the last one, while systems change over.
    former_digest = models.CharField(max_length=64, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    name = models.CharField(_("名称"), max_length=100, help_text=_("哪个系统使用，例如：收费系统。"))
    organisation = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="api_tokens", verbose_name=_("单位")
    )
    scopes = models.JSONField(_("用途"), default=list)
    acts_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="acting_tokens",
        verbose_name=_("责任编辑员"),
    )
    networks = models.JSONField(_("允许的地址"), default=list, blank=True)
    expires_at = models.DateTimeField(_("有效期至"))
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("建立人")
    )
    # Who has seen the present secret.
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("发放人")
    )
    revoked_at = models.DateTimeField(_("收回时间"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("收回人")
    )
    # Within a minute or so: not every read writes.
    last_used_at = models.DateTimeField(_("最近使用"), null=True)
    last_address = models.GenericIPAddressField(_("最近的地址"), null=True)
    # How near its end the administrators have been told it is, in days.
    told_days = models.SmallIntegerField(null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        indexes = [models.Index(fields=["revoked_at", "expires_at"], name="token_by_end")]

    def __str__(self) -> str:
        return self.name

    @property
    def responsible_organisation(self) -> Any:
        """Return whose matter it is."""
        return self.organisation

    @property
    def acts(self) -> bool:
        """Does it do anything in somebody's name?"""
        return bool(ACTING & set(self.scopes))

    def is_over(self, now: datetime) -> bool:
        """Has its time passed?"""
        return self.expires_at <= now

    @property
    def scope_labels(self) -> list[str]:
        """Return what it is for, in words."""
        return [str(scope.label) for scope in Scope if scope in self.scopes]


class TokenUse(models.Model):
    """How often a token was used on one day. Reads are counted in the cache and written once a minute."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField(_("日期"))
    reads = models.PositiveIntegerField(_("读取"), default=0)
    writes = models.PositiveIntegerField(_("写入"), default=0)
    refused = models.PositiveIntegerField(_("被拒绝"), default=0)

    class Meta:
        verbose_name = _("令牌用量")
        verbose_name_plural = _("令牌用量")
        constraints = [models.UniqueConstraint(fields=["token", "day"], name="token_use_once_a_day")]
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.token} · {self.day}"


class OnceAnswered(models.Model):
    """What a request with an Idempotency-Key was answered: the same request gets the same answer, for a day."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    # SHA-256 of method, address and body.
    fingerprint = models.CharField(max_length=64)
    # None while it is being answered.
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(default=dict)
    headers = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("幂等答复")
        verbose_name_plural = _("幂等答复")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]

    def __str__(self) -> str:
        return f"{self.token} · {self.key}"
