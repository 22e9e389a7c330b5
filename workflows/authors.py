"""Who wrote what is being decided on: these people never approve it."""

from __future__ import annotations

from typing import Any

from accounts.responsibility import takers_of


def authors_since_approval(obj: Any, workflow_state: Any = None) -> set[int]:
    """Return the ids of the submitter and of everybody who saved a revision newer than the one that is live.

    Who took the draft over from one of them answers for it, and so counts as one of them.
    """
    revisions = obj.revisions.exclude(user=None)
    live = obj.live_revision
    if live is not None:
        revisions = revisions.filter(created_at__gt=live.created_at)
    authors = set(revisions.values_list("user_id", flat=True))
    state = workflow_state or obj.current_workflow_state
    if state is not None and state.requested_by_id:
        authors.add(state.requested_by_id)
    return authors | takers_of(obj, authors)
