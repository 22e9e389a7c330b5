"""How a service item left the public: what the address of its guide answers, and the API."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.withdrawable import Withdrawn

from .service_item import ServiceItem


class ItemWithdrawal(Withdrawn):
    """The side table of an item that was withdrawn or has expired; gone with its next publication."""

    item = models.OneToOneField(
        ServiceItem, on_delete=models.CASCADE, related_name="withdrawal_row", verbose_name=_("在线服务项目")
    )

    class Meta:
        verbose_name = _("在线服务撤下")
        verbose_name_plural = _("在线服务撤下")

    def __str__(self) -> str:
        return f"{self.item} {self.get_withdrawal_kind_display()}"
