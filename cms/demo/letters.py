"""Letters of every kind in the inboxes, and a draft that was shown outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from ledger.letters import Message, write
from ledger.models import Letter
from pages.models import DisclosurePage
from workflows.models import OutsideLink
from workflows.outside.links import comment, create_link

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = "待复审：2026年11月水质公告（示例）"
COMMENTS = (
    ("市疾控中心 示例甲", "浑浊度一栏请注明检测方法和限值。"),
    ("用户代表 示例乙", "看得懂。建议加一句“以上指标均符合国家标准”。"),
)
# To whom, what; drafts in review have written theirs already.
TOLD = (
    (
        "water_editor",
        "approval.published",
        "已公开：2026年度抄表公告（示例）",
        "《2026年度抄表公告》已通过全部审核并公开。",
    ),
    ("water_editor", "people.appointed", "您被任命为示例单位编辑员", "任命自2026年1月1日起生效。"),
    ("bureau_reviewer", "escalation.overdue", "逾期未审，请尽快处理（示例）", "这件已超过办理期限。"),
    ("bureau_admin", "withdrawal.done", "已撤下：旧版收费公示（示例）", "原因：收费标准已由新文件取代。"),
    ("super_admin", "audit.exported", "审计记录已导出（示例）", "导出人、范围和时间见审计。"),
)


def add_letters(places: dict[str, Any], people: dict[str, User]) -> None:
    """Write them once; nothing of it is a page."""
    draft = DisclosurePage.objects.child_of(places["water"]).filter(title=SHOWN).first()
    if draft is None or OutsideLink.objects.exists():
        return
    for name, kind, subject, body in TOLD:
        message = Message(kind, subject, body, reverse("wagtailadmin_home"), organisation=places["water"])
        write([people[name]], message)
    link, _token = create_link(
        revision=draft.latest_revision, user=people["water_editor"], days=14, purpose="市疾控中心、用户代表"
    )
    for name, text in COMMENTS:
        comment(link=link, name=name, text=text)
    Letter.objects.filter(recipient=people["water_editor"], kind="people.appointed").update(read_at=link.created_at)
