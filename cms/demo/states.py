"""One draft in each state of approval, so that every screen of the admin has something to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pages.models import DisclosurePage
from snippets.models import CatalogueEntry

from .bodies import sample_body

if TYPE_CHECKING:
    from accounts.models import User


def add_states(places: dict[str, Any], people: dict[str, User]) -> int:
    """Make a draft, one waiting at each tier, one returned, one withdrawn; return how many were made."""
    water, school = places["water"], places["school"]
    if DisclosurePage.objects.child_of(water).filter(title__startswith="草稿：").exists():
        return 0
    editor, teacher = people["water_editor"], people["school_editor"]
    _draft(water, editor, "草稿：抄表计划调整（示例）")
    first = _draft(water, editor, "待初审：服务承诺修订（示例）")
    second = _draft(water, editor, "待复审：用水报装指南修订（示例）")
    returned = _draft(water, editor, "已退回：水质公告补充（示例）")
    third = _draft(school, teacher, "待终审：招生简章（示例）", tiers=3)
    _submit(first, editor)
    _submit(second, editor)
    _decide(second, people["water_reviewer"], "approve", "内容无误。")
    _submit(returned, editor)
    _decide(returned, people["water_reviewer"], "reject", "请补充检测单位名称和报告文号。")
    _submit(third, teacher)
    _decide(third, people["school_reviewer"], "approve", "同意。")
    _decide(third, people["education_reviewer"], "approve", "同意。")
    withdrawn = _draft(school, teacher, "已撤回：旧版作息时间（示例）")
    withdrawn.latest_revision.publish(skip_permission_checks=True)
    withdrawn.refresh_from_db()
    withdrawn.unpublish()
    return 6


def _draft(place: Any, author: User, title: str, tiers: int = 2) -> DisclosurePage:
    entries = CatalogueEntry.of_catalogue(place.catalogue_code, timezone.localdate())
    with_tiers: Any = entries.filter(approval_tiers=tiers).exclude(cycle="on_event")
    entry: Any = with_tiers.first() or entries.first()
    page = DisclosurePage(
        title=title,
        entry=entry,
        summary="用于演示审核过程的示例。",
        generated_on=timezone.localdate(),
        body=sample_body(entry.content_kind, entry.title),
        owner=author,
        live=False,
    )
    place.add_child(instance=page)
    page.save_revision(user=author)
    return page


def _submit(page: DisclosurePage, user: User) -> None:
    page.submit_for_approval(user)


def _decide(page: DisclosurePage, user: User, action: str, comment: str) -> None:
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, action, comment=comment)
