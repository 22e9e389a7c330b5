"""What letters are about, in a word: the first part of a kind ("approval" of "approval.submitted") has a name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AREAS = {
    "approval": _("审核"),
    "escalation": _("催办"),
    "withdrawal": _("撤下公开信息"),
    "review": _("事后复核"),
    "schedule": _("定时公开"),
    "screening": _("信息审查"),
    "outside": _("征求意见"),
    "comment": _("批注"),
    "countersigning": _("变更复核"),
    "people": _("人员任免"),
    "sign_in": _("登录安全"),
    "audit": _("审计"),
    "calendar": _("工作日历"),
    "export": _("导出"),
    "webhook": _("变更推送"),
    "connection": _("办理接口"),
    "service": _("在线服务运行"),
}
OTHER = _("其他")


def area(kind: str) -> str:
    """Return the first part of a kind."""
    return kind.partition(".")[0]


def area_label(kind: str) -> str:
    """Name what a letter is about."""
    return str(AREAS.get(area(kind), OTHER))
