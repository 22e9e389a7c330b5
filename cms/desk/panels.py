"""The start page: what I have to do, each part with a fixed number of queries."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from accounts.authority import grants
from accounts.models import Duty
from workflows.queue import ORDER, reviews, rows, waiting_for, with_names

from .work import SHOWN, drafts_of, gaps_of, own_organisations, returned_to, under_way_for


class DeskPanel(Component):
    """A part of the start page; renders nothing when it has nothing to say to this person."""

    order = 100

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows, and the person it shows it to."""
        user = parent_context["request"].user
        return {"user": user, **self.content(user)}

    def content(self, user: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        raise NotImplementedError


class WelcomePanel(DeskPanel):
    """Who I am here: my duties, and where they count."""

    order = 10
    template_name = "desk/welcome.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return the duties; translated copies of an organisation are not told twice."""
        held = {(grant.page.translation_key, grant.duty): grant for grant in reversed(grants(user))}
        duties = [(grant.page, Duty(grant.duty).label) for grant in reversed(held.values())]
        return {"duties": duties[:SHOWN], "count": len(duties)}


class WaitingPanel(DeskPanel):
    """待我审核: how many, and the oldest."""

    order = 20
    template_name = "desk/waiting.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return the head of the queue."""
        if not reviews(user):
            return {"reviews": False}
        queue = waiting_for(user)
        oldest = rows(with_names(queue.order_by(*ORDER))[:SHOWN])
        return {"reviews": True, "rows": oldest, "total": queue.count() if len(oldest) == SHOWN else len(oldest)}


class MinePanel(DeskPanel):
    """我的草稿与退回."""

    order = 30
    template_name = "desk/mine.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return what came back, what is under way, what was begun."""
        return {"returned": returned_to(user), "under_way": under_way_for(user), "drafts": drafts_of(user)}


class GapsPanel(DeskPanel):
    """本单位目录缺项."""

    order = 40
    template_name = "desk/gaps.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return what the person's own organisations owe."""
        return {"organisations": [gaps_of(organisation) for organisation in own_organisations(user)]}
