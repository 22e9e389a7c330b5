"""The finishing action: the only place where anything becomes public.

Wagtail imports this module while its own models are loading, so it imports none of them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


@transaction.atomic(savepoint=False)
def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved; a member of a bundle waits until all the others are approved as well.

    The last one to arrive lets all out, in this transaction: one that cannot be published keeps all.
    """
    member = getattr(workflow_state, "bundle_member", None)
    arrival = member.arrive().value if member is not None else "goes"
    if arrival == "waits":
        # Still in review, and so still locked; its last tier has approved.
        workflow_state.status = workflow_state.STATUS_IN_PROGRESS
        workflow_state.save()
        return
    try:
        _publish(workflow_state, user)
    except ValidationError as error:
        if member is None:
            raise
        raise ValidationError([f"《{member.title}》：{message}" for message in error.messages]) from error
    if member is not None and arrival == "last":
        member.let_the_others_out(user)


def _publish(workflow_state: Any, user: Any) -> None:
    """Publish the revision that was approved last, not the latest one.

    No role holds Wagtail's `publish`, so its permission check is skipped here and only here. Raises ValidationError,
    which undoes the last approval, when the content is not the one that was approved.
    """
    approved = import_string("workflows.aftermath.last_approval")(workflow_state)
    if approved is None:
        raise RuntimeError(f"{workflow_state!r} finished without an approval")
    refuse_what_changed(workflow_state, approved)
    # Those who wrote it, for the reviews afterwards: with the publication the text counts as approved.
    workflow_state.authors_published = approved.barred.authors
    approved.revision.publish(user=user, skip_permission_checks=True)
    import_string("workflows.contributors.use_up")(workflow_state)


def refuse_what_changed(workflow_state: Any, approved: Any) -> None:
    """Refuse what is not what the last tier approved, needs more tiers by now, or lacks its source in the public.

    `approved` is the task state of the last approval. Raises ValidationError.
    """
    draft = approved.draft
    hash_of = import_string("workflows.contents.hash_of")
    if approved.content_hash and hash_of(approved.revision, draft) != approved.content_hash:
        raise ValidationError(_("内容与最后一级批准的不一致，不能公开；请退回，由提交人重新提交。"))
    _refuse_too_few_tiers(workflow_state, draft)
    _refuse_unsettled(workflow_state, approved.revision)
    _refuse_below(workflow_state, draft)
    _refuse_without_source(draft)


def _refuse_too_few_tiers(workflow_state: Any, draft: Any) -> None:
    """Refuse what has changed on the way into something that more tiers must see (another entry, no emergency)."""
    route = getattr(workflow_state.workflow, "approval_route", None)
    required = getattr(draft, "tiers_required", 1)
    if route is not None and route.tiers < required:
        raise ValidationError(
            _("这一稿现在须经 %(required)d 级审核，提交时只有 %(tiers)d 级；请退回，由提交人撤回后重新提交。")
            % {"required": required, "tiers": route.tiers}
        )


def _refuse_unsettled(workflow_state: Any, revision: Any) -> None:
    """Refuse what one of its tiers has not seen: Wagtail goes on without a task that was switched off or taken out."""
    tiers = import_string("workflows.models.ApprovalTier")
    route = getattr(workflow_state.workflow, "approval_route", None)
    states = workflow_state.task_states.filter(revision=revision, status__in=["approved", "skipped"])
    settled = set(states.values_list("task__tieredapprovaltask__tier", flat=True))
    missing = [str(tier.label) for tier in tiers if route is not None and tier <= route.tiers and tier not in settled]
    if missing:
        raise ValidationError(_("还没有经过%(tiers)s，不能公开；请联系平台管理员。") % {"tiers": "、".join(missing)})


def _refuse_below(workflow_state: Any, draft: Any) -> None:
    """Refuse what a superior took back from the public, unless that superior, or one above it, lets it return."""
    office = getattr(draft, "withdrawing_office", None)
    states = workflow_state.task_states.filter(status="approved")
    if office is not None and not states.filter(tieredtaskstate__approver__depth__lte=office.depth).exists():
        raise ValidationError(_("它曾由“%(office)s”撤下，须经其批准才能重新公开。") % {"office": office.title})


def _refuse_without_source(draft: Any) -> None:
    """Refuse a translation whose source is not public: what is no longer said in Chinese is not said in English."""
    if not hasattr(draft, "translation_key"):
        return
    source = import_string("pages.identity.source_of")(draft)
    if source.pk != draft.pk and not source.live:
        raise ValidationError(_("译文的中文原文不在公开中，译文不能公开；请退回，待原文公开后再提交。"))
