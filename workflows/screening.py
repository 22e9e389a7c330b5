"""Screening decides: refused texts go back with their findings, all others go on to the first tier.

Knows the states of tasks only by what they carry, so that the models can stand on it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState, WorkflowState

from ledger.events import record
from ledger.letters import Message, write
from rules.screening import Screening
from snippets.screening.links import check_links, link_findings, links_of

LINK = "link"
# Sentences written into the comment; the findings themselves are all kept.
MOST_SENTENCES = 8


def settle(state: Any, draft: Any, *, update: bool) -> None:
    """Screen a draft and finish its task: return it or let it go on. `update` moves the workflow on, too."""
    screening: Screening = draft.screen()
    state.findings = screening.as_json()
    workflow_state = state.workflow_state
    refused = screening.stopping
    facts = {"findings": sorted({finding.code for finding in screening.findings}), "revision": state.revision_id}
    record("screening.refused" if refused else "screening.passed", draft, actor=workflow_state.requested_by, **facts)
    if refused:
        state.reject(update=update, comment=_comment(screening))
    else:
        state.approve(update=update)
        if settings.LINK_CHECK and links_of(draft):
            transaction.on_commit(partial(check_links_later.enqueue, state.pk), robust=True)


def _comment(screening: Screening) -> str:
    sentences = [finding.sentence for finding in screening.stopping]
    more = len(sentences) - MOST_SENTENCES
    shown = [*sentences[:MOST_SENTENCES], *([_("另有 %(count)d 处。") % {"count": more}] if more > 0 else [])]
    return "\n".join([_("信息审查未通过，请修改后再次提交："), *shown])


@task()
def check_links_later(state_id: int) -> None:
    """Ask where the links of a screened draft lead, and keep the answer with its findings. Never stops anything."""
    state = TaskState.objects.filter(pk=state_id).first()
    if state is None:  # deleted meanwhile
        return
    screened: Any = state.specific
    draft = screened.revision.as_object()
    check_links(draft)
    others = [finding for finding in screened.screening.findings if finding.family != LINK]
    screened.findings = Screening.of([*others, *link_findings(draft)]).as_json()
    screened.links_checked_at = timezone.now()
    screened.save(update_fields=["findings", "links_checked_at"])


@task()
def screen_later(state_id: int) -> None:
    """Screen what takes long. May be run again: what is decided, cancelled or gone is left alone."""
    complete(state_id)


@transaction.atomic
def complete(state_id: int) -> bool:
    """Screen a state that waits, and move its workflow on. Tells whether there was anything to do.

    The rows are locked, in the order of a decision: of two workers one decides. A worker that dies leaves it as it
    was.
    """
    keys = TaskState.objects.filter(pk=state_id).values_list("workflow_state", flat=True)
    list(WorkflowState.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)))
    locked = TaskState.objects.select_for_update(of=("self",))
    waiting = locked.filter(pk=state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    workflow_state = waiting.workflow_state if waiting else None
    if waiting is None or workflow_state is None or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        return False
    state = waiting.specific
    settle(state, state.revision.as_object(), update=True)
    if state.status == TaskState.STATUS_REJECTED:
        _tell(state)
    return True


def _tell(state: Any) -> None:
    """Write to the submitter, who has gone on to other work meanwhile."""
    author = state.workflow_state.requested_by
    if author is None or not author.is_active:
        return
    url = AdminURLFinder(author).get_edit_url(state.revision.as_object()) or ""
    subject = _("《%(title)s》未通过信息审查") % {"title": state.revision.object_str}
    matter = f"screening:{state.workflow_state_id}"
    write([author], Message("screening.refused", subject, state.comment, url, must_act=True, matter=matter))
