"""Connections to providers, and what must be kept of payments and hand-overs: no name, no address, no account."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .sealing import opened

KEY_LENGTH, TOKEN_LENGTH, NUMBER_LENGTH = 16, 32, 24
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_key() -> str:
    """Return the name of a connection in addresses."""
    return get_random_string(KEY_LENGTH).lower()


def new_token() -> str:
    """Return what a citizen's address is known by; nobody guesses it."""
    return get_random_string(TOKEN_LENGTH)


def new_number() -> str:
    """Return the number of an order; it can be read out over the telephone."""
    return f"{timezone.localdate():%Y%m%d}{get_random_string(NUMBER_LENGTH - 8, CAPITALS)}"


class ProviderConnection(models.Model):
    """Where an organisation's computer stands, and how both sides know each other."""

    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    name = models.CharField(_("名称"), max_length=80)
    organisation = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("单位"))
    base_url = models.URLField(_("接口地址"), max_length=500)
    key_id = models.CharField(_("密钥编号"), max_length=64)
    # See sealing.py.
    secret = models.TextField(_("密钥"), editable=False)
    operations = models.JSONField(_("提供的接口"), default=list)
    # Beside the host of the address; one a line.
    hosts = models.TextField(_("办理页面的主机名"), blank=True)
    seconds = models.PositiveSmallIntegerField(_("最多等待几秒"), default=5)
    is_active = models.BooleanField(_("启用"), default=True)
    is_sandbox = models.BooleanField(_("沙箱"), default=False)
    created_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    tested_at = models.DateTimeField(_("最近测试"), null=True, blank=True)
    test_result = models.CharField(_("测试结果"), max_length=200, blank=True)
    test_passed = models.BooleanField(_("测试通过"), default=False)

    class Meta:
        verbose_name = _("办理接口")
        verbose_name_plural = _("办理接口")

    def __str__(self) -> str:
        return self.name

    @property
    def responsible_organisation(self) -> Page:
        """Return whose it is."""
        return self.organisation

    @property
    def is_locked_out(self) -> bool:
        """Is its secret sealed under a key that this site has no more?"""
        try:
            opened(self.secret)
        except ValueError:
            return True
        return False


class OrderState(models.TextChoices):
    """How a payment stands."""

    NEW = "new", _("还没缴")
    SENT = "sent", _("已转到缴费页面，等待结果")
    PAID = "paid", _("已缴")
    FAILED = "failed", _("没有缴成")
    CLOSED = "closed", _("已过期，没有缴")


class SettledBy(models.TextChoices):
    """From what it is known that an order was paid."""

    NOTIFICATION = "notification", _("提供单位通知")
    QUERY = "query", _("向提供单位查询")
    RECONCILIATION = "reconciliation", _("对账补记")


class JointOrder(models.Model):
    """What somebody pays in one visit: known by its token, and by nothing of the person."""

    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("联合缴费")
        verbose_name_plural = _("联合缴费")

    def __str__(self) -> str:
        return str(self.pk)


class PaymentOrder(models.Model):
    """One part of it, at one provider: what reconciliation needs. Amounts are in fen."""

    joint = models.ForeignKey(JointOrder, on_delete=models.CASCADE, related_name="parts")
    number = models.CharField(_("订单号"), max_length=NUMBER_LENGTH, unique=True, default=new_number, editable=False)
    connection = models.ForeignKey(ProviderConnection, on_delete=models.PROTECT, related_name="orders")
    code = models.CharField(_("服务编码"), max_length=100)
    title = models.CharField(_("服务"), max_length=150)
    bill = models.CharField(_("账单号"), max_length=64)
    amount = models.PositiveBigIntegerField(_("金额（分）"))
    # A digest, see sealing.py.
    account = models.CharField(_("户号摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=16, choices=OrderState, default=OrderState.NEW)
    reference = models.CharField(_("提供单位的流水号"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    paid_at = models.DateTimeField(_("缴费时间"), null=True, blank=True, db_index=True)
    # The day of the provider's account in which it stands: beside midnight another one than that of paid_at.
    accounted_on = models.DateField(_("列入对方哪一天的账"), null=True, blank=True)
    settled_by = models.CharField(_("依据"), max_length=16, choices=SettledBy, blank=True)

    class Meta:
        verbose_name = _("缴费订单")
        verbose_name_plural = _("缴费订单")
        indexes = [models.Index(fields=["connection", "bill"], name="payment_order_bill")]

    def __str__(self) -> str:
        return self.number

    @property
    def responsible_organisation(self) -> Page:
        """Return whose it is."""
        return self.connection.organisation


class Heard(models.Model):
    """What a provider told once: told again it changes nothing."""

    connection = models.ForeignKey(ProviderConnection, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("收到的通知")
        verbose_name_plural = _("收到的通知")
        constraints = [models.UniqueConstraint(fields=["connection", "number"], name="heard_once")]

    def __str__(self) -> str:
        return self.number


class Reconciliation(models.Model):
    """What a provider's account of a day and ours have in common, and what not."""

    connection = models.ForeignKey(ProviderConnection, on_delete=models.CASCADE, related_name="reconciliations")
    day = models.DateField(_("日期"))
    checked_at = models.DateTimeField(_("对账时间"), default=timezone.now)
    number = models.PositiveIntegerField(_("相符笔数"), default=0)
    amount = models.PositiveBigIntegerField(_("相符金额（分）"), default=0)
    # Of each: order, what, ours, theirs.
    differences = models.JSONField(_("差异"), default=list)

    class Meta:
        verbose_name = _("对账")
        verbose_name_plural = _("对账")
        constraints = [models.UniqueConstraint(fields=["connection", "day"], name="reconciled_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class HandOverState(models.TextChoices):
    """How something stands that is done at its provider."""

    OPEN = "open", _("已转到提供单位，还没有办完")
    ACCEPTED = "accepted", _("提供单位已受理")
    DONE = "done", _("已办完")
    REFUSED = "refused", _("提供单位不予受理")


class HandOver(models.Model):
    """Somebody was led to a provider; known by its token, and by nothing of the person."""

    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False)
    connection = models.ForeignKey(ProviderConnection, on_delete=models.CASCADE, related_name="handovers")
    code = models.CharField(_("服务编码"), max_length=100)
    state = models.CharField(_("状态"), max_length=16, choices=HandOverState, default=HandOverState.OPEN)
    reference = models.CharField(_("提供单位的编号"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(_("最近变化"), null=True, blank=True)

    class Meta:
        verbose_name = _("转办")
        verbose_name_plural = _("转办")

    def __str__(self) -> str:
        return str(self.pk)
