"""Mail to those who must act now: reviewers of what arrived, submitters of what came back or is out.

Wagtail's own notifiers know groups only and send within the approving transaction; ours replace them. A mail is
handed to the background task after the commit: a dead mail server never breaks an approval, it leaves a line in the
log.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.authority import holders
from accounts.models import Duty

from .authors import authors_since_approval
from .decisions import subject_of
from .models import TieredTaskState
from .trail import tier_label

if TYPE_CHECKING:
    from collections.abc import Iterable

logger = logging.getLogger(__name__)

# What the recipients are told → the switch in their notification preferences.
SUBMITTED, RETURNED, PUBLISHED = "submitted", "returned", "published"
PREFERENCE = {
    SUBMITTED: "submitted_notifications",
    RETURNED: "rejected_notifications",
    PUBLISHED: "approved_notifications",
}
STOCK = {
    workflow_submitted: "workflow_state_submitted_email_notification",
    workflow_rejected: "workflow_state_rejected_email_notification",
    workflow_approved: "workflow_state_approved_email_notification",
}


def connect() -> None:
    """Put our mail in the place of Wagtail's. Called when Wagtail has connected its own."""
    for signal, name in STOCK.items():
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
    task_submitted.connect(_on_submitted, sender=TieredTaskState, dispatch_uid="workflows.mail.submitted")
    workflow_rejected.connect(_on_returned, sender=WorkflowState, dispatch_uid="workflows.mail.returned")
    workflow_approved.connect(_on_published, sender=WorkflowState, dispatch_uid="workflows.mail.published")


def _on_submitted(instance: TieredTaskState, **kwargs: Any) -> None:
    _after_commit(SUBMITTED, instance.pk)


def _on_returned(instance: WorkflowState, **kwargs: Any) -> None:
    _after_commit(RETURNED, instance.current_task_state_id)


def _on_published(instance: WorkflowState, **kwargs: Any) -> None:
    _after_commit(PUBLISHED, instance.current_task_state_id)


def _after_commit(kind: str, state_id: int | None) -> None:
    if state_id is not None:
        transaction.on_commit(partial(send.enqueue, kind, state_id), robust=True)


@task()
def send(kind: str, state_id: int) -> None:
    """Write to those concerned by a task state, as it is now."""
    state = (
        TieredTaskState.objects.select_related("approver", "task__tieredapprovaltask", "finished_by")
        .filter(pk=state_id)
        .first()
    )
    subject = subject_of(state) if state else None
    if state is None or subject is None:  # deleted meanwhile
        return
    messages = [_message(kind, state, subject, person) for person in _recipients(kind, state, subject)]
    try:
        if messages:
            get_connection().send_messages(messages)
    # Whatever the mail server says or does not say, the approval stands.
    except Exception:
        logger.exception("mail about task state %s (%s) was not sent", state_id, kind)


def _recipients(kind: str, state: TieredTaskState, subject: Any) -> Iterable[Any]:
    if kind == SUBMITTED:
        reviewers = holders(state.approver, [Duty.REVIEWER]) if state.approver else set()
        ids = reviewers - authors_since_approval(subject, state.workflow_state)
    else:
        ids = {state.workflow_state.requested_by_id} - {state.finished_by_id}
    people = get_user_model()._default_manager.filter(pk__in=ids, is_active=True).exclude(email="")
    wanted = (person for person in people.select_related("wagtail_userprofile") if _wants(person, kind))
    return wanted


def _wants(person: Any, kind: str) -> bool:
    profile = getattr(person, "wagtail_userprofile", None)
    return bool(profile is None or getattr(profile, PREFERENCE[kind]))


def _message(kind: str, state: TieredTaskState, subject: Any, person: Any) -> EmailMessage:
    profile = getattr(person, "wagtail_userprofile", None)
    context = {
        "state": state,
        "tier": tier_label(state),
        "title": state.revision.object_str,
        "organisation": getattr(subject.responsible_organisation, "title", ""),
        "person": person,
        "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + _path(kind, state, subject),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    with override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
        heading = render_to_string(f"workflows/mail/{kind}_subject.txt", context)
        body = render_to_string(f"workflows/mail/{kind}.txt", context)
    # RFC 3834: no automatic answers, please.
    return EmailMessage(
        " ".join(heading.split()), body.strip(), to=[person.email], headers={"Auto-Submitted": "auto-generated"}
    )


def _path(kind: str, state: TieredTaskState, subject: Any) -> str:
    if kind == SUBMITTED:
        return reverse("approval:item", args=[state.pk])
    return AdminURLFinder().get_edit_url(subject) or reverse("wagtailadmin_home")
