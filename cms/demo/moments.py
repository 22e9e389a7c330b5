"""What only time or a second office brings about: late, overdue, passed on, asked for, public at once, public later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pages.models import DisclosurePage, NoticeKind, NoticePage
from snippets.models import CatalogueEntry
from snippets.screening import request_exception
from workflows.handling import transfer
from workflows.limits import end_of
from workflows.models import TieredTaskState
from workflows.withdrawing import Plan, request_withdrawal

from .bodies import FILL, PHONE, paragraphs, stream
from .states import approve, draft

if TYPE_CHECKING:
    from accounts.models import User

OVERDUE = "逾期未审：2028年抄表计划（示例）"
# No number that anybody could have.
MOBILE = "13800000000"


def add_moments(places: dict[str, Any], people: dict[str, User]) -> int:
    """Make one of each where they are missing; return how many pages were added."""
    water, editor, reviewer = places["water"], people["water_editor"], people["water_reviewer"]
    if DisclosurePage.objects.child_of(water).filter(title=OVERDUE).exists():
        return 0
    _overdue(draft(water, editor, "B09", OVERDUE), editor)
    passed = draft(water, editor, "B02", "已转上级：用水报装办理程序修订（示例）")
    passed.submit_for_approval(editor)
    transfer(
        state_id=passed.current_workflow_task_state.pk,
        user=reviewer,
        to=places["water_office"],
        text="涉及全市统一的报装口径，请市局审核（示例）。",
    )
    _late(water, editor)
    _exception(water, people)
    _at_once(water, editor, reviewer)
    _scheduled(water, editor, reviewer)
    public = DisclosurePage.objects.child_of(water).filter(entry__code="C02", live=True).earliest("pk")
    request_withdrawal(subject=public, user=editor, plan=Plan("gone", "示例：文件版本有误，申请撤下。"))
    return 6


def _overdue(page: DisclosurePage, editor: User) -> None:
    """Let it have come in a week ago, and be overdue since yesterday."""
    page.submit_for_approval(editor)
    now = timezone.now()
    TieredTaskState.objects.filter(pk=page.current_workflow_task_state.pk).update(
        started_at=now - timedelta(days=7),
        counted_from=timezone.localdate() - timedelta(days=7),
        due_at=end_of(timezone.localdate() - timedelta(days=1)),
        # It goes one tier up when so many further workdays have passed.
        limit_days=3,
    )


def _late(water: Any, editor: User) -> None:
    """Announce a planned stop later than the law allows, saying why."""
    page = _notice(water, "B05", NoticeKind.PLANNED_OUTAGE, "示例路阀门更换计划停水", hours=8)
    page.late_reason = "现场勘查发现阀门渗漏，须提前更换（示例）。"
    _submit(page, water, editor)


def _exception(water: Any, people: dict[str, User]) -> None:
    """Let the last tier see a number that the author asks to leave in."""
    editor = people["water_editor"]
    summary = f"防汛值班手机 {MOBILE}，全天接听（示例）。"
    page = draft(water, editor, "A02", "待终审：领导分工与值班手机（示例）", summary)
    request_exception(page, page.screen().stopping, editor, "防汛值班手机须向社会公布，见示例文件第三条。")
    page.save_revision(user=editor)
    page.submit_for_approval(editor)
    approve(page, people["water_reviewer"], "确需公开。")
    approve(page, people["bureau_reviewer"], "同意。")


def _at_once(water: Any, editor: User, reviewer: User) -> None:
    """Publish by the first tier what the tiers above review afterwards."""
    page = _notice(water, "E02", NoticeKind.EMERGENCY, "示例泵站抢修进展", hours=2)
    _submit(page, water, editor)
    approve(page, reviewer, "情况属实。")


def _scheduled(water: Any, editor: User, reviewer: User) -> None:
    """Approve for an hour to come."""
    page = draft(water, editor, "B08", "定时公开：春季安全用水提示（示例）")
    page.go_live_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=30)
    page.save_revision(user=editor)
    page.submit_for_approval(editor)
    approve(page, reviewer, "同意，按时公开。")


def _submit(page: NoticePage, water: Any, editor: User) -> None:
    page.owner = editor
    water.add_child(instance=page)
    page.save_revision(user=editor)
    page.submit_for_approval(editor)


def _notice(water: Any, code: str, kind: str, title: str, *, hours: int) -> NoticePage:
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
    return NoticePage(
        title=f"{title}（示例）",
        kind=kind,
        entry=CatalogueEntry.of_catalogue(water.catalogue_code, timezone.localdate()).get(code=code),
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
        area="示例路 1–20 号",
        division_codes=water.division_code[:6],
        reason="设备检修（示例）",
        contact_phone=PHONE,
        summary="用于演示审核过程的示例公告。",
        body=stream(("text", paragraphs("恢复时间如有变化另行公告。", FILL))),
        live=False,
    )
