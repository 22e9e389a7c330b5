"""What is answered about a draft: its fields as they are written, and where it stands on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState, WorkflowState

from blocks.base import as_json
from blocks.links import absolute_url
from pages.models import PublicationRecord
from rules.screening import SLOW, Screening
from workflows.models import ScreeningTaskState, TieredTaskState
from workflows.trail import tier_label, tiers_after

from .fields import code_of
from .saving import etag_of

if TYPE_CHECKING:
    from .kinds import Kind

DRAFT, SCREENING, IN_REVIEW, RETURNED = "draft", "screening", "in_review", "returned"
SCHEDULED, PUBLISHED, WITHDRAWN = "scheduled", "published", "withdrawn"
STATES: dict[str, Any] = {
    DRAFT: gettext_lazy("草稿"),
    SCREENING: gettext_lazy("信息审查中"),
    IN_REVIEW: gettext_lazy("审核中"),
    RETURNED: gettext_lazy("已退回修改"),
    SCHEDULED: gettext_lazy("已批准，等待公开时间"),
    PUBLISHED: gettext_lazy("已公开"),
    WITHDRAWN: gettext_lazy("已撤下"),
}


def draft_shown(kind: Kind, subject: Any, request: Any) -> dict[str, Any]:
    """Return a draft: what may be sent back changed, and what is only shown."""
    place = subject.responsible_organisation
    organisation = {"code": code_of(place), "title": place.title} if place is not None else None
    head = {"id": subject.pk, "organisation": organisation, "state": _state(subject, _flow(subject))}
    latest = subject.latest_revision
    head["updated_at"] = as_json(latest.created_at) if latest is not None else None
    status = reverse("api_write_status", args=[kind.name, subject.pk])
    head["status_url"] = absolute_url(status, {"request": request})
    return head | {field.name: field.shown(subject) for field in kind.fields}


def status_shown(kind: Kind, subject: Any) -> dict[str, Any]:
    """Return where a draft stands: with whom, until when, why it came back, what the screening found."""
    flow = _flow(subject)
    state = _state(subject, flow)
    tier = _tier(flow)
    record = PublicationRecord.objects.filter(page=subject.pk).first() if kind.is_page else None
    return {
        "id": subject.pk,
        "state": state,
        "state_label": str(STATES[state]),
        "etag": etag_of(subject),
        "tiers_required": subject.tiers_required,
        "waiting": _waiting(tier) if state == IN_REVIEW and tier is not None else None,
        "returned": _returned(flow) if state == RETURNED else None,
        "findings": [_finding(each) for each in _screening(subject, flow).findings],
        "is_public": bool(subject.live),
        "index_number": record.index_number if record is not None else None,
        "first_published_at": as_json(subject.first_published_at),
        "last_published_at": as_json(subject.last_published_at),
    }


def _flow(subject: Any) -> Any:
    return subject.current_workflow_state


def _tier(flow: Any) -> TieredTaskState | None:
    state = flow.current_task_state.specific if flow is not None and flow.current_task_state else None
    return state if isinstance(state, TieredTaskState) else None


def _state(subject: Any, flow: Any) -> str:
    if flow is not None and flow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return RETURNED
    if flow is not None:
        return IN_REVIEW if _tier(flow) is not None else SCREENING
    if getattr(subject, "scheduled_revision", None) is not None:
        return SCHEDULED
    if subject.live and not subject.has_unpublished_changes:
        return PUBLISHED
    if not subject.live and getattr(subject, "withdrawal", None) is not None and subject.pk:
        return WITHDRAWN
    return DRAFT


def _waiting(state: TieredTaskState) -> dict[str, Any]:
    office = state.approver
    return {
        "tier": state.tier,
        "tier_label": tier_label(state),
        "office": {"code": code_of(office), "title": office.title} if office is not None else None,
        "since": as_json(state.started_at),
        "due_at": as_json(state.due_at),
        "later": tiers_after(state),
    }


def _returned(flow: Any) -> dict[str, Any] | None:
    state = flow.current_task_state.specific
    if state.status != TaskState.STATUS_REJECTED:
        return None
    by_people = isinstance(state, TieredTaskState)
    office = state.approver if by_people else None
    return {
        "tier": state.tier if by_people else None,
        "tier_label": tier_label(state) if by_people else _("信息审查"),
        "office": {"code": code_of(office), "title": office.title} if office is not None else None,
        "reason": state.reason if by_people else "screening",
        "reason_label": state.get_reason_display() if by_people else _("信息审查未通过"),
        "comment": state.comment,
        "at": as_json(state.finished_at),
    }


def _screening(subject: Any, flow: Any) -> Screening:
    """Return what was found in this version; what has not been submitted is looked at now, unless it takes long."""
    if flow is not None:
        kept = ScreeningTaskState.objects.filter(workflow_state=flow, revision=subject.latest_revision_id)
        if (found := kept.order_by("-pk").first()) is not None:
            return found.screening
    screened: Screening = subject.screen() if subject.screening_effort <= SLOW else Screening()
    return screened


def _finding(finding: Any) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "field": finding.field,
        "where": finding.where,
        "sentence": str(finding.sentence),
        "sample": finding.sample,
        "asks": finding.asks,
        "exceptional": finding.exceptional,
        "answer": str(finding.answer),
    }
