"""Connections to providers, and what must be kept of payments and hand-overs: no name, no address, no account."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

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
