"""The built-in connectors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from snippets.connectors import ServiceConnector, Together

from .appointment import serve_appointment
from .handover import serve_handover
from .operations import APPOINTMENT, HANDOVER, PAYMENT, QUERY
from .paying import serve_payment
from .query import serve_query

PASSED_ON = _("您填的内容只转交提供单位用于答复，本站不保存、不记录，也不写在网址里。")


def declare_query() -> ServiceConnector:
    """Declare the query."""
    return ServiceConnector(
        "query", _("在本站查询"), _("查询"), PASSED_ON, (QUERY,), asks=True, serve=serve_query, order=10
    )


def declare_payment() -> ServiceConnector:
    """Declare the payment."""
    privacy = _("户号只转交提供单位查账单，本站不保存；付款在提供单位的缴费页面，本站不经手银行卡。")
    return ServiceConnector(
        "payment",
        _("在本站查账单、转去缴费"),
        _("查应缴、缴费"),
        privacy,
        (PAYMENT,),
        asks=True,
        serve=serve_payment,
        order=20,
        together=Together("pay", _("水电气暖一次缴"), _("选好要缴的，一次填、一次看、一次缴清；不用注册。")),
    )


def declare_appointment() -> ServiceConnector:
    """Declare the appointment."""
    return ServiceConnector(
        "appointment", _("在本站预约"), _("预约"), PASSED_ON, (APPOINTMENT,), serve=serve_appointment, order=30
    )


def declare_handover() -> ServiceConnector:
    """Declare the hand-over."""
    privacy = _("办理在提供单位的网站完成，办完回到本站看结果；您的个人信息由提供单位收取，本站不收集、不保存。")
    return ServiceConnector(
        "handover",
        _("转到提供单位办理，结果回到本站"),
        _("去办理"),
        privacy,
        (HANDOVER,),
        serve=serve_handover,
        order=40,
    )
