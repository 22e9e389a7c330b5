"""What stands on the desks of the education office: a view of the queue, a run of approvals, a bundle."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from cms.demo.bodies import stream
from pages.models import DisclosurePage
from tests.factories import make_page
from tests.town import Town
from workflows.bulk import begin
from workflows.bundles import submit_bundle


def desk(town: Town, state: Any) -> dict[str, Any]:
    """Let the office's reviewer keep a view of the queue, and have begun to approve what is routine."""
    town.entries["office_functions"].is_routine = True
    town.entries["office_functions"].save()
    reviewer, author = town.reviewer("education_office"), town.editor("education_office")
    members = [_complete_draft(town, author, f"批次{number}") for number in range(4)]
    return {
        "draft of a bundle": members.pop(),
        "other draft": members.pop(),
        "bundle": submit_bundle(
            user=author, organisation=town.education_office, title="批次", reason="同时", subjects=members
        ),
        "saved queue": reviewer.saved_queues.create(name="甲", query="sort=title"),
        "bulk run": begin(person=reviewer, shown={state.pk: state.revision_id}, comment=""),
    }


def _complete_draft(town: Town, author: User, title: str) -> DisclosurePage:
    entry = town.entries["office_functions"]
    page: DisclosurePage = make_page(
        DisclosurePage, town.education_office, live=False, owner=author, entry=entry, title=title
    )
    page.summary = "概述"
    page.generated_on = date(2026, 11, 20)
    page.body = stream(("text", "<p>正文。</p>"))
    page.save_revision(user=author)
    return page
