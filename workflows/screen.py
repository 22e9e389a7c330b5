"""What the approval screen shows of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import quote
from django.db.models import prefetch_related_objects
from django.urls import reverse
from wagtail.models import Page

from .afterwards import promise
from .decisions import is_bundled
from .differences import changes
from .findings import findings_context
from .matters import subject_of
from .outside.links import comments_on_draft
from .trail import steps, tier_label, tiers_after

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import TieredTaskState

COMMENTS_SHOWN = 20
CHANGES, FULL = "changes", "full"


def item_context(state: TieredTaskState, request: HttpRequest, *, decides: bool) -> dict[str, Any]:
    """Return the submitted content, what it changes, the trail, and what approving will do."""
    subject = subject_of(state)
    draft = state.draft
    found = changes(subject, draft, request) if subject.live else []
    later = tiers_after(state)
    asked = request.GET.get("view")
    return {
        "state": state,
        "subject": subject,
        "draft": draft,
        "kind": draft._meta.verbose_name,
        "organisation": subject.responsible_organisation,
        "entry": getattr(draft, "entry", None),
        "tier": tier_label(state),
        "changes": found,
        "view": asked if asked in {CHANGES, FULL} and subject.live else (CHANGES if subject.live else FULL),
        "preview_url": preview_url(subject, state, decides=decides),
        "attachments": attachments_of(draft),
        "outside_comments": comments_on_draft(subject)[:COMMENTS_SHOWN],
        "screening": findings_context(state),
        "steps": steps(state.workflow_state, later),
        "afterwards": promise(draft, state.approver),
        "goes_live_at": getattr(draft, "go_live_at", None),
        "later_tiers": later,
        "bundle": state.workflow_state.bundle_member.bundle if is_bundled(state) else None,
        "version": subject.revisions.filter(pk__lte=state.revision_id).count(),
    }


def preview_url(subject: Any, state: TieredTaskState, *, decides: bool) -> str | None:
    """Return where the submitted version is shown as it will look.

    Wagtail's view for approvers asks the task again; who only reads gets its view of the revision.
    """
    if not getattr(subject, "is_previewable", lambda: False)():
        return None
    name, key = ("workflow_preview", state.task_id) if decides else ("revisions_view", state.revision_id)
    if isinstance(subject, Page):
        return reverse(f"wagtailadmin_pages:{name}", args=[subject.pk, key])
    return reverse(subject.snippet_viewset.get_url_name(name), args=[quote(subject.pk), key])


def attachments_of(draft: Any) -> list[Any]:
    """Return the files that hang on a draft."""
    rows = getattr(draft, "attachments", None)
    found = [row for row in rows.all() if row.document_id] if rows is not None else []
    prefetch_related_objects(found, "document")
    return found
