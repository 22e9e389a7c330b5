"""What a provider's computer can be asked: the operations of the interface, see docs/connectors.md."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

QUERY, HANDOVER, APPOINTMENT, PAYMENT = "query", "handover", "appointment", "payment"
OPERATIONS: dict[str, Any] = {
    QUERY: _("查询"),
    HANDOVER: _("转到提供单位办理"),
    APPOINTMENT: _("预约"),
    PAYMENT: _("缴费"),
}
