"""The finishing action: the only place where anything becomes public.

Wagtail imports this module while its own models are loading, so it imports none of them.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction


@transaction.atomic
def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision that was approved last, not the latest one.

    No role holds Wagtail's `publish`, so its permission check is skipped here and only here.
    """
    states = workflow_state.task_states
    approved = (
        states.filter(status=states.model.STATUS_APPROVED)
        .exclude(revision=None)
        .order_by("-finished_at", "-pk")
        .first()
    )
    if approved is None:
        raise RuntimeError(f"{workflow_state!r} finished without an approval")
    approved.revision.publish(user=user, skip_permission_checks=True)
