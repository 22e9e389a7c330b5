"""The start page: what I have to do, each part with a fixed number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone
from wagtail.admin.ui.components import Component

from accounts.authority import grants
from accounts.models import Duty
from snippets.workdays import workday_calendar
from workflows.models import BundleState
from workflows.queue import ORDER, overdue, reviews, rows, waiting_for, with_names
from workflows.review_views import rows as review_rows
from workflows.reviewing import waiting_counts, waiting_requests, waiting_reviews

from .work import (
    SHOWN,
    below,
    bundles_of,
    drafts_of,
    gaps_of,
    offices_of,
    own_organisations,
    returned_to,
    scheduled_for,
    under_way_for,
)


class DeskPanel(Component):
    """A part of the start page; renders nothing when it has nothing to say to this person.

    Other rooms add theirs by `construct_homepage_panels`; `order` says where: 60 is kept for units without editors.
    """

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
        counted = queue.aggregate(total=Count("pk"), late=Count("pk", filter=overdue(timezone.now())))
        return {"reviews": True, "rows": oldest, **counted}


class ReviewsPanel(DeskPanel):
    """待我复核: what a second person must look at, and requests to withdraw something."""

    order = 25
    template_name = "desk/reviews.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return the requests, and the reviews that are due first."""
        if not reviews(user):
            return {"total": 0}
        to_review, asked = waiting_counts(user)
        requests = list(waiting_requests(user)[:SHOWN]) if asked else []
        most_pressing = review_rows(waiting_reviews(user)[: SHOWN - len(requests)]) if to_review else []
        shown = len(requests) + len(most_pressing)
        return {"total": to_review + asked, "requests": requests, "rows": most_pressing, "shown": shown}


class MinePanel(DeskPanel):
    """我的草稿与退回."""

    order = 30
    template_name = "desk/mine.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return what came back, what is under way, what was begun."""
        bundles = bundles_of(user)
        return {
            "returned": [*bundles[BundleState.RETURNED], *returned_to(user)],
            "under_way": [*bundles[BundleState.IN_REVIEW], *under_way_for(user)],
            "scheduled": scheduled_for(user),
            "drafts": drafts_of(user),
        }


class GapsPanel(DeskPanel):
    """本单位目录缺项."""

    order = 40
    template_name = "desk/gaps.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return what the person's own organisations owe."""
        calendar = workday_calendar()
        return {"organisations": [gaps_of(each, calendar) for each in own_organisations(user)]}


class BelowPanel(DeskPanel):
    """下属单位到期事项."""

    order = 50
    template_name = "desk/below.html"

    def content(self, user: Any) -> dict[str, Any]:
        """Return what the units below the person's offices owe, summed up."""
        return {"offices": [below(office) for office in offices_of(user)]}
