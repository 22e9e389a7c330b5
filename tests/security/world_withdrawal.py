"""What the office's superior took back, what its editor asks for, and what waits for its hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from pages.models import DisclosurePage
from tests.factories import make_disclosure, make_page
from tests.town import Town
from workflows.models import ScheduledPublication
from workflows.withdrawing import Plan, request_withdrawal, withdraw


def withdrawals(town: Town) -> dict[str, Any]:
    """Return a withdrawal that waits for its review, a request, and a version that waits for its hour."""
    office, entry = town.education_office, town.entries["office_functions"]
    page, other = (make_disclosure(office, entry, title=title) for title in ("已经撤下", "申请撤下"))
    plan = Plan("gone", "内容有误。")
    done = withdraw(subject=page, user=town.reviewer("district"), plan=plan)
    return {
        "withdrawn page": page,
        "review": done.reviews.get(),
        "request": request_withdrawal(subject=other, user=town.editor("education_office"), plan=plan),
        "schedule": _scheduled(town, office, entry),
    }


def _scheduled(town: Town, office: Any, entry: Any) -> ScheduledPublication:
    author = town.editor("education_office")
    page = make_page(DisclosurePage, office, live=False, owner=author, entry=entry, title="定时")
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=author)
    page.submit_for_approval(author)
    for place in ("education_office", "district"):
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, town.reviewer(place), "approve", comment="")
    return ScheduledPublication.objects.get()
