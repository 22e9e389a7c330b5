"""One draft in each state of approval, so that every screen of the admin has something to show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pages.models import DisclosurePage
from snippets.models import CatalogueEntry
from workflows.bundles import submit_bundle
from workflows.handling import claim, hold
from workflows.models import ReturnReason
from workflows.saved import save_queue
from workflows.withdrawing import Plan, withdraw

from .bodies import replace_values, sample_body

if TYPE_CHECKING:
    from accounts.models import User


def add_states(places: dict[str, Any], people: dict[str, User]) -> int:
    """Make a draft, one waiting at each tier (claimed, on hold), one returned, one withdrawn; return how many."""
    water, school = places["water"], places["school"]
    if DisclosurePage.objects.child_of(water).filter(title__startswith="草稿：").exists():
        return 0
    editor, teacher = people["water_editor"], people["school_editor"]
    draft(water, editor, "B09", "草稿：2027年抄表计划（示例）")
    second = draft(water, editor, "B07", "待复审：2026年11月水质公告（示例）")
    returned = draft(water, editor, "B10", "已退回：二次供水水质补充（示例）")
    third = draft(school, teacher, "C04", "待终审：2026年经费收支（示例）")
    raised = _raised(water, editor)
    _submit(raised, editor)
    claim(state_id=raised.current_workflow_task_state.pk, user=people["water_reviewer"])
    _submit(second, editor)
    approve(second, people["water_reviewer"], "内容无误。")
    hold(
        state_id=second.current_workflow_task_state.pk,
        user=people["bureau_reviewer"],
        until=timezone.localdate() + timedelta(days=7),
        text="等检测单位出具正式报告（示例）。",
    )
    _submit(returned, editor)
    _decide(returned, people["water_reviewer"], "reject", "请补充检测单位名称和报告文号。")
    _submit(third, teacher)
    approve(third, people["school_reviewer"], "同意。")
    approve(third, people["education_reviewer"], "同意。")
    _for_the_queue(water, editor, people["water_reviewer"])
    withdrawn = add_withdrawals(water, editor, people["bureau_reviewer"])
    return 4 + withdrawn


WITHDRAWN = {
    "notice": "已撤下并保留原文：旧版服务承诺（示例）",
    "redirected": "已转到其他页面：旧版办事指南（示例）",
    "superseded": "已被替代并撤下：旧版服务标准（示例）",
    "gone": "已撤下：误发的信息（示例）",
    "expired": "公开期满：限期公开的信息（示例）",
}


def add_withdrawals(place: Any, editor: User, superior: User) -> int:
    """Take back one disclosure in each way; they wait for the second person. One has expired."""
    target = DisclosurePage.objects.child_of(place).filter(live=True).earliest("pk")
    for kind, title in WITHDRAWN.items():
        page = draft(place, editor, "B10", title)
        page.latest_revision.publish(skip_permission_checks=True)
        page.refresh_from_db()
        if kind == "expired":
            page.unpublish(set_expired=True)
        else:
            withdraw(subject=page, user=superior, plan=Plan(kind, "示例：演示撤下后的样子。", target))
    return len(WITHDRAWN)


def _for_the_queue(water: Any, editor: User, reviewer: User) -> None:
    """Let routine items and a bundle wait, and let the reviewer keep a view of his queue."""
    routine = CatalogueEntry.of_catalogue(water.catalogue_code, timezone.localdate()).get(code="B07")
    routine.is_routine = True
    routine.save()
    for month in (8, 9, 10):
        _submit(draft(water, editor, "B07", f"待初审：2026年{month}月水质公告（示例）"), editor)
    together = [
        draft(water, editor, "B01", "成批：2027年供水服务价格（示例）"),
        draft(water, editor, "B03", "成批：2027年供水业务办理指南（示例）"),
    ]
    reason = "新价格和办理指南须同时生效，只公开一件会误导用户。"
    submit_bundle(user=editor, organisation=water, title="2027年供水调价（示例）", reason=reason, subjects=together)
    save_queue(person=reviewer, name="例行水质公告", query=f"entry={routine.pk}&routine=on", is_default=False)


def draft(place: Any, author: User, code: str, title: str, summary: str = "用于演示审核过程的示例。") -> DisclosurePage:
    """Save a draft for an entry, complete enough to be submitted."""
    entry: Any = CatalogueEntry.of_catalogue(place.catalogue_code, timezone.localdate()).get(code=code)
    page = DisclosurePage(
        title=title,
        entry=entry,
        summary=summary,
        generated_on=timezone.localdate(),
        body=sample_body(entry.content_kind, entry.title),
        owner=author,
        live=False,
    )
    place.add_child(instance=page)
    page.save_revision(user=author)
    return page


def _raised(place: Any, author: User) -> DisclosurePage:
    """Draft a change of what is public: the reviewer sees two prices side by side and a rewritten sentence."""
    live = DisclosurePage.objects.child_of(place).filter(entry__code="B01", live=True).earliest("pk")
    page: DisclosurePage = live.get_latest_revision_as_object()
    page.summary = f"{page.summary}第一、二档价格自2027年1月1日起调整。"
    page.body = replace_values(page.body, {"3.20": "3.40", "4.10": "4.35"})
    page.save_revision(user=author)
    return page


def _submit(page: DisclosurePage, user: User) -> None:
    page.submit_for_approval(user)


def approve(page: Any, user: User, comment: str) -> None:
    """Approve the tier that waits."""
    _decide(page, user, "approve", comment)


def _decide(page: Any, user: User, action: str, comment: str) -> None:
    state = page.current_workflow_task_state
    reason = ReturnReason.INCOMPLETE if action == "reject" else ""
    state.task.specific.on_action(state, user, action, comment=comment, reason=reason)
