"""The second look: opened by the act, decided by somebody else, pressed when it is late.

A withdrawal is confirmed or undone within 24 hours; what was published at once is confirmed or withdrawn within a
workday, tier by tier.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from accounts.authority import grants
from accounts.models import Duty
from ledger.events import record
from ledger.letters import Message, settle, write
from snippets.workdays import workday_calendar

from .guarded import guarded
from .holding import lock
from .limits import end_of
from .models import ApprovalTier, Review, ReviewState, Withdrawal, WithdrawalState, about, rows_about
from .offices import able, is_own, nearest_first, people, reviewers
from .routes import candidates

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

HOURS_FOR_A_WITHDRAWAL = 24
_COUNTED = "_waiting_reviews_and_requests"
WORKDAYS_FOR_A_PUBLICATION = 1


class NotReviewableError(Exception):
    """Somebody else has reviewed it meanwhile, or this person may not."""


def matter_of(review: Review) -> str:
    """Name what the letters about a review are about."""
    return f"review:{review.pk}"


def waiting_reviews(user: Any) -> QuerySet[Review]:
    """Return what this person may review: for his offices, and none of his own acts."""
    reviewed = {grant.page.translation_key for grant in grants(user) if grant.duty == Duty.REVIEWER}
    found = Review.objects.filter(state=ReviewState.WAITING, office__translation_key__in=reviewed)
    return found.exclude(barred=user).select_related("withdrawal__withdrawn_by", "office", "organisation")


def waiting_requests(user: Any) -> QuerySet[Withdrawal]:
    """Return the requests this person may answer."""
    reviewed = {grant.page.translation_key for grant in grants(user) if grant.duty == Duty.REVIEWER}
    found = Withdrawal.objects.filter(state=WithdrawalState.REQUESTED, office__translation_key__in=reviewed)
    return found.exclude(requested_by=user).select_related("requested_by", "organisation").order_by("requested_at")


def waiting_counts(user: Any) -> tuple[int, int]:
    """Return how many reviews and requests wait for this person, counted once for each request: menu and start page."""
    counted: tuple[int, int] | None = getattr(user, _COUNTED, None)
    if counted is None:
        counted = waiting_reviews(user).count(), waiting_requests(user).count()
        setattr(user, _COUNTED, counted)
    return counted


def may_review(review: Review, user: Any) -> bool:
    """May this person review exactly this now?"""
    return bool(user.is_active and waiting_reviews(user).filter(pk=review.pk).exists())


def open_withdrawal_review(withdrawal: Withdrawal, subject: Any, user: Any) -> Review:
    """Let somebody else look at a withdrawal: another reviewer of the office, for its own matters one above."""
    offices = nearest_first(withdrawal.office)
    if is_own(subject, withdrawal.office):
        offices = offices[1:] or offices
    route = able(offices, [user.pk])
    due = timezone.now() + timedelta(hours=HOURS_FOR_A_WITHDRAWAL)
    review = _opened(subject, {user.pk}, withdrawal=withdrawal, office=route.approver, note=route.note, due_at=due)
    _ask(review)
    return review


def open_publication_reviews(
    workflow_state: Any, subject: Any, revision: Any, authors: Collection[int]
) -> list[Review]:
    """Let the remaining tiers look at what tier 1 has published; an office that approved it does not look again.

    `authors`: who wrote what is public now, asked before it was published.
    """
    approvals = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    decided = set(approvals.values_list("finished_by", flat=True)) - {None}
    seen = _offices_that_approved(approvals, revision)
    barred = decided | set(authors) | {workflow_state.requested_by_id} - {None}
    if revision.user_id:
        barred.add(revision.user_id)
    organisation = subject.responsible_organisation.specific_deferred
    due = end_of(workday_calendar().add_workdays(timezone.localdate(), WORKDAYS_FOR_A_PUBLICATION))
    opened = []
    for tier in subject.tiers_afterwards:
        route = able(candidates(organisation, tier), barred)
        office = route.approver
        if office is None or office.pk in seen:
            continue
        seen.add(office.pk)
        facts = {"office": office, "note": route.note, "tier": tier, "due_at": due, "revision": revision}
        opened.append(_opened(subject, barred, workflow_state=workflow_state, **facts))
    for review in opened:
        _ask(review)
    return opened


def _offices_that_approved(approvals: Any, revision: Any) -> set[int]:
    """Return the offices that approved exactly this content; what they said of an earlier text says nothing of it."""
    hashes = approvals.filter(revision=revision).values_list("tieredtaskstate__content_hash", flat=True)
    same = Q(revision=revision) | Q(tieredtaskstate__content_hash__in=set(hashes) - {None, ""})
    return set(approvals.filter(same).values_list("tieredtaskstate__approver", flat=True)) - {None}


def _opened(subject: Any, barred: set[int], **fields: Any) -> Review:
    review = Review.objects.create(**about(subject), opened_at=timezone.now(), **fields)
    review.barred.set(barred)
    return review


def _ask(review: Review, kind: str = "review.opened") -> None:
    message = Message(
        kind,
        _("待复核：%(title)s") % {"title": review.title},
        question(review),
        reverse("withdrawal:review", args=[review.pk]),
        must_act=True,
        matter=matter_of(review),
        organisation=review.organisation,
        at_once=True,
    )
    write(reviewers(review.office, set(review.barred.values_list("pk", flat=True))), message)


def question(review: Review) -> str:
    """Say what is to be looked at, and until when."""
    due = timezone.localtime(review.due_at).strftime("%Y-%m-%d %H:%M")
    names = {"title": review.title, "organisation": review.organisation.title, "due": due}
    if review.withdrawal:
        names |= {"office": review.withdrawal.office.title, "reason": review.withdrawal.reason.rstrip("。")}
        words = _(
            "“%(organisation)s”的《%(title)s》已由“%(office)s”撤下，原因：%(reason)s。请在 %(due)s 前确认或恢复。"
        )
    else:
        names["tier"] = str(ApprovalTier(review.tier).label)
        words = _("“%(organisation)s”的《%(title)s》已即时公开，请在 %(due)s 前作%(tier)s（事后）：确认或撤下。")
    return words % names


def _locked(review_id: int, user: Any) -> Review:
    review = Review.objects.select_for_update().get(pk=review_id)
    if not may_review(review, user):
        raise NotReviewableError
    return review


def settle_review(review: Review, state: str, user: Any, comment: str = "") -> None:
    """End a review: the one place where its state changes."""
    review.state, review.decided_by, review.decided_at, review.comment = state, user, timezone.now(), comment
    review.save(update_fields=["state", "decided_by", "decided_at", "comment"])
    settle(matter_of(review), by=user)


@transaction.atomic
def confirm(*, review_id: int, user: Any, comment: str = "") -> Review:
    """Let the act stand. Raises NotReviewableError."""
    review = _locked(review_id, user)
    settle_review(review, ReviewState.CONFIRMED, user, comment)
    if review.withdrawal:
        review.withdrawal.state = WithdrawalState.CONFIRMED
        review.withdrawal.save(update_fields=["state"])
    _noted(review, "gongkai.confirm", "review.confirmed", user)
    return review


@transaction.atomic
def restore(*, review_id: int, user: Any, comment: str) -> Review:
    """Undo a withdrawal: exactly the version that was public is so again. Raises NotReviewableError."""
    if (found := Review.objects.get(pk=review_id).subject) is None:
        raise NotReviewableError
    # The subject first, as whoever publishes another version of it.
    subject = lock(found)
    review = _locked(review_id, user)
    withdrawal = review.withdrawal
    if withdrawal is None or subject.live or withdrawal.revision is None:
        raise NotReviewableError
    settle_review(review, ReviewState.RESTORED, user, comment)
    withdrawal.state = WithdrawalState.RESTORED
    withdrawal.save(update_fields=["state"])
    subject.return_to_public(withdrawal.revision, withdrawal.memory, user=user)
    for pk, revision in withdrawal.memory.get("copies", []):
        _restore_copy(type(subject), pk, revision, user)
    _reopen(withdrawal, subject, review.office)
    _noted(review, "gongkai.restore", "withdrawal.restored", user)
    message = Message(
        "withdrawal.restored",
        _("已恢复公开：%(title)s") % {"title": review.title},
        _("复核意见：%(comment)s") % {"comment": comment},
        organisation=review.organisation,
    )
    concerned = {withdrawal.withdrawn_by_id, withdrawal.requested_by_id, withdrawal.revision.user_id}
    write(people(*(concerned - {user.pk})) | reviewers(review.organisation, [user.pk]), message)
    return review


def _reopen(withdrawal: Withdrawal, subject: Any, restoring: Any) -> None:
    """Let the offices look again whose reviews the withdrawal ended; the one that restored it has looked."""
    ended = rows_about(Review, subject).filter(
        withdrawal=None, state=ReviewState.WITHDRAWN, decided_at__gte=withdrawal.withdrawn_at
    )
    due = end_of(workday_calendar().add_workdays(timezone.localdate(), WORKDAYS_FOR_A_PUBLICATION))
    for review in ended.exclude(office=restoring):
        review.state, review.decided_by, review.decided_at = ReviewState.WAITING, None, None
        review.comment, review.due_at = "", due
        review.save(update_fields=["state", "decided_by", "decided_at", "comment", "due_at"])
        _ask(review)


def _restore_copy(model: Any, pk: int, revision: int, user: Any) -> None:
    copy = model._base_manager.filter(pk=pk, live=False).first()
    found = copy.revisions.filter(pk=revision).first() if copy is not None else None
    if found is not None:
        copy.return_to_public(found, {}, user=user)


def _noted(review: Review, action: str, kind: str, user: Any) -> None:
    subject = review.subject
    facts = {"office": review.office.title, "comment": review.comment, "tier": review.tier}
    if subject is not None:
        log(instance=subject, action=action, user=user, data=facts)
    record(kind, subject, organisation=review.organisation, actor=user, **facts)


def close_reviews(subject: Any, *, by: Any = None, state: str = ReviewState.CLOSED) -> None:
    """End the reviews that have lost their object: it was withdrawn, or published anew."""
    for review in rows_about(Review, subject).filter(state=ReviewState.WAITING).select_for_update().order_by("pk"):
        settle_review(review, state, by)


@transaction.atomic(savepoint=False)
def on_published(subject: Any) -> None:
    """Note that another version is public: nothing of the former is left to review or to restore."""
    rows_about(Withdrawal, subject).filter(state=WithdrawalState.IN_EFFECT).update(state=WithdrawalState.OVER)
    close_reviews(subject)


def press_overdue(now: datetime | None = None) -> int:
    """Move each overdue review one office up, each by itself; return how many."""
    now = now or timezone.now()
    overdue = Review.objects.filter(state=ReviewState.WAITING, due_at__lt=now).values_list("pk", flat=True)
    return sum(bool(guarded(_pressed, pk, now)) for pk in list(overdue))


@transaction.atomic
def _pressed(pk: int, now: datetime) -> bool:
    review = Review.objects.select_for_update().get(pk=pk)
    if not review.is_overdue(now):
        return False
    barred = set(review.barred.values_list("pk", flat=True))
    above = nearest_first(review.office)[1:]
    late = review.office
    if above:
        review.office = able(above, barred).approver or review.office
    review.escalations += 1
    hours = HOURS_FOR_A_WITHDRAWAL
    review.due_at = now + timedelta(hours=hours)
    if not review.withdrawal_id:
        review.due_at = end_of(workday_calendar().add_workdays(timezone.localdate(now), WORKDAYS_FOR_A_PUBLICATION))
    review.note = _("“%(name)s”逾期未复核，上移一级。") % {"name": late.title}
    review.save(update_fields=["office", "escalations", "due_at", "note"])
    settle(matter_of(review))
    record(
        "review.escalated", review.subject, organisation=review.organisation, late=late.title, to=review.office.title
    )
    _ask(review, "escalation.review")
    return True
