"""Who wrote what is being decided on: these people never approve it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail_localize.models import SegmentOverride, StringTranslation

from accounts.responsibility import takers_of


def authors_since_approval(obj: Any, workflow_state: Any = None) -> set[int]:
    """Return the ids of the submitter, of everybody who changed the text since what is live, and of the translators.

    A revision that changes nothing (comments, autosave) makes nobody an author. Who took the draft over from one of
    them answers for it, and so counts as one of them.
    """
    revisions = obj.revisions.exclude(user=None).exclude(fingerprint__is_edit=False)
    live = obj.live_revision
    if live is not None:
        revisions = revisions.filter(created_at__gt=live.created_at)
    authors = set(revisions.values_list("user_id", flat=True)) | _translators(obj)
    state = workflow_state or obj.current_workflow_state
    if state is not None and state.requested_by_id:
        authors.add(state.requested_by_id)
    return authors | takers_of(obj, authors)


def _translators(obj: Any) -> set[int]:
    """Return who translated the strings of a copy: they are kept apart from its revisions."""
    of_copy = Q(context__object_id=obj.translation_key, locale=obj.locale_id)
    found: set[int] = set()
    for model in (StringTranslation, SegmentOverride):
        rows = model.objects.filter(of_copy).exclude(last_translated_by=None)
        found |= set(rows.values_list("last_translated_by", flat=True))
    return found
