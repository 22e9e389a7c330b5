"""Who never approves what is being decided on: who wrote it, and who approved an earlier tier of it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Revision, Task, TaskState, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation

from accounts.responsibility import takers_of

from .models.contributor import contributors_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Barred:
    """Who is kept from a decision: the authors everywhere, and who approved an earlier tier for another organisation.

    One organisation decides two tiers at once: there its reviewer may look at the same content again.
    """

    authors: set[int] = field(default_factory=set)
    decided: set[tuple[int, int]] = field(default_factory=set)

    def at(self, organisation: Any) -> set[int]:
        """Return the ids of those who do not decide for this organisation."""
        return self.authors | {person for person, office in self.decided if office != organisation.pk}


def barred_for(state: Any, subject: Any) -> Barred:
    """Return who is kept from deciding on the state of a tier, which `subject` waits in. Three queries at most."""
    authors = authors_since_approval(subject, state.workflow_state)
    if state.tier == 1:
        return Barred(authors)
    return Barred(authors, decided_before(type(state), state.workflow_state, state.task_id, state.content_hash))


def decided_before(model: Any, workflow_state: Any, task: int, content_hash: str) -> set[tuple[int, int]]:
    """Return who approved this content at a lower tier, and for which organisation. One query.

    `model` is the class of the task states. As with what is kept, a publication uses the approvals up.
    """
    if not content_hash:
        return set()
    approved = model._default_manager.filter(
        workflow_state__base_content_type=workflow_state.base_content_type_id,
        workflow_state__object_id=workflow_state.object_id,
        status=TaskState.STATUS_APPROVED,
        content_hash=content_hash,
        task__tieredapprovaltask__tier__lt=Task.objects.filter(pk=task).values("tieredapprovaltask__tier"),
        finished_by__isnull=False,
        approver__isnull=False,
    ).exclude(workflow_state__status=WorkflowState.STATUS_APPROVED)
    return set(approved.values_list("finished_by", "approver"))


def authors_since_approval(obj: Any, workflow_state: Any = None) -> set[int]:
    """Return the ids of everybody who changed the text since what is live, or brought it to its reviewers.

    The latter: who submitted it, at whatever attempt, who uploaded its new files, who made or copied it, who
    translated it. A revision that changes nothing (comments, autosave) makes nobody an author. Who took the draft
    over from one of them answers for it, and so counts as one of them.
    """
    revisions = obj.revisions.order_by().exclude(user=None).exclude(fingerprint__is_edit=False)
    if obj.live_revision_id:
        live = Revision.objects.filter(pk=obj.live_revision_id).values("created_at")
        revisions = revisions.filter(created_at__gt=live)
    authors = set(revisions.values_list("user_id", flat=True).union(*_brought(obj)))
    state = workflow_state or obj.current_workflow_state
    if state is not None and state.requested_by_id:
        authors.add(state.requested_by_id)
    return authors | takers_of(obj, authors)


def _brought(obj: Any) -> list[QuerySet[Any]]:
    """Ask who brought it, and who translated the strings of a copy: they are kept apart from its revisions."""
    of_copy = Q(context__object_id=obj.translation_key, locale=obj.locale_id)
    return [
        contributors_of(obj).values_list("person_id", flat=True),
        *(
            model.objects.filter(of_copy).exclude(last_translated_by=None).values_list("last_translated_by", flat=True)
            for model in (StringTranslation, SegmentOverride)
        ),
    ]
