"""Taking back from the public: at once by a superior, with notice by the own reviewer, by request otherwise.

Each act is one transaction, the old state checked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.authority import governs
from accounts.withdrawable import WITH_TARGET, Leaving, WithdrawableMixin, WithdrawalKind, public_revision
from ledger.events import record
from ledger.letters import Message, settle, write

from .holding import lock
from .models import ReviewState, Withdrawal, WithdrawalState, about, rows_about
from .models.withdrawal import OPEN_STATES
from .offices import WORKING, able, is_own, nearest_first, office_of, people, reviewers
from .reviewing import close_reviews, open_withdrawal_review
from .scheduling import forget_schedules

if TYPE_CHECKING:
    from collections.abc import Collection

    from wagtail.models import Page


class NotWithdrawableError(Exception):
    """It is not public any more, or not this person's to take back; the message says which."""


@dataclass(frozen=True)
class Plan:
    """How something is to leave: what the public is told, and where it is led."""

    kind: str
    reason: str
    target: Page | None = None


def kinds_for(subject: Any, user: Any) -> Collection[str]:
    """Return the kinds this person may choose now.

    A superior's reviewer may choose all. The own organisation's may take back with notice: what makes the text
    unreadable is a superior's to decide.
    """
    office = office_of(subject, user) if isinstance(subject, WithdrawableMixin) else None
    if office is None:
        return ()
    kinds = tuple(subject.withdrawal_kinds)
    if not is_own(subject, office) or len(kinds) == 1:
        return kinds
    return tuple(kind for kind in kinds if kind == WithdrawalKind.NOTICE)


def may_request(subject: Any, user: Any) -> bool:
    """May this person ask for it: whoever holds a duty there, and cannot do it alone?"""
    if not isinstance(subject, WithdrawableMixin):
        return False
    found: Any = subject
    return governs(user, found.responsible_organisation, WORKING)


def open_withdrawal(subject: Any) -> Withdrawal | None:
    """Return the withdrawal that is asked for or waits for its review."""
    return rows_about(Withdrawal, subject).filter(state__in=OPEN_STATES).first()


@transaction.atomic
def withdraw(*, subject: Any, user: Any, plan: Plan) -> Withdrawal:
    """Take something back at once; a second person reviews it. Raises NotWithdrawableError."""
    subject = _locked(subject)
    if plan.kind not in kinds_for(subject, user):
        raise NotWithdrawableError(_("您不能以这种方式撤下它；可以提出申请，由上级决定。"))
    _check(subject, plan)
    asked = open_withdrawal(subject)
    if asked is not None:
        # It goes further than what was asked for, and comes first.
        asked.state, asked.answer = WithdrawalState.DECLINED, _("已由审核员直接撤下。")
        asked.save(update_fields=["state", "answer"])
        settle(matter_of(asked), by=user)
    withdrawal = Withdrawal(**about(subject), office_id=office_of(subject, user).pk, **_planned(plan))
    return _carry_out(withdrawal, subject, user, WithdrawalState.IN_EFFECT)


@transaction.atomic
def request_withdrawal(*, subject: Any, user: Any, plan: Plan) -> Withdrawal:
    """Ask the nearest office that may decide it. Raises NotWithdrawableError."""
    subject = _locked(subject)
    if not may_request(subject, user):
        raise NotWithdrawableError(_("您不负责这条内容，不能申请撤下。"))
    _check(subject, plan)
    if open_withdrawal(subject) is not None:
        raise NotWithdrawableError(_("已有人申请撤下它，正在等待决定。"))
    chain = nearest_first(subject.responsible_organisation)
    offices = chain if plan.kind == WithdrawalKind.NOTICE else chain[1:] or chain
    office = able(offices, [user.pk]).approver
    withdrawal = Withdrawal.objects.create(
        **about(subject),
        **_planned(plan),
        office=office,
        state=WithdrawalState.REQUESTED,
        requested_by=user,
        requested_at=timezone.now(),
    )
    record("withdrawal.requested", subject, actor=user, withdrawal=plan.kind, reason=plan.reason)
    message = Message(
        "withdrawal.requested",
        _("申请撤下：%(title)s") % {"title": withdrawal.title},
        _("%(person)s申请撤下《%(title)s》（%(kind)s），原因：%(reason)s") % _names(withdrawal, user),
        reverse("withdrawal:request", args=[withdrawal.pk]),
        must_act=True,
        matter=matter_of(withdrawal),
        organisation=withdrawal.organisation,
    )
    write(reviewers(office, [user.pk]), message)
    return withdrawal


def may_answer(withdrawal: Withdrawal, user: Any) -> bool:
    """May this person decide on the request: a reviewer of the office that was asked, and not who asked?"""
    waits = withdrawal.state == WithdrawalState.REQUESTED and withdrawal.requested_by_id != user.pk
    return bool(waits and user.is_active and reviewers(withdrawal.office).filter(pk=user.pk).exists())


@transaction.atomic
def grant(*, withdrawal_id: int, user: Any) -> Withdrawal:
    """Do what was asked. Two people have looked at it: no further review. Raises NotWithdrawableError."""
    # The subject first, as whoever withdraws it without asking.
    subject = _locked(Withdrawal.objects.get(pk=withdrawal_id).subject)
    withdrawal = _answerable(withdrawal_id, user)
    _check(subject, Plan(withdrawal.kind, withdrawal.reason, withdrawal.target))
    settle(matter_of(withdrawal), by=user)
    return _carry_out(withdrawal, subject, user, WithdrawalState.CONFIRMED)


@transaction.atomic
def decline(*, withdrawal_id: int, user: Any, answer: str) -> Withdrawal:
    """Refuse a request, saying why. Raises NotWithdrawableError."""
    withdrawal = _answerable(withdrawal_id, user)
    withdrawal.state, withdrawal.answer = WithdrawalState.DECLINED, answer[:255]
    withdrawal.save(update_fields=["state", "answer"])
    settle(matter_of(withdrawal), by=user)
    record("withdrawal.declined", withdrawal.subject, actor=user, reason=answer)
    message = Message(
        "withdrawal.declined",
        _("撤下申请未获同意：%(title)s") % {"title": withdrawal.title},
        _("答复：%(answer)s") % {"answer": answer},
        organisation=withdrawal.organisation,
    )
    write(people(withdrawal.requested_by_id), message)
    return withdrawal


def _answerable(withdrawal_id: int, user: Any) -> Withdrawal:
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal_id)
    if not may_answer(withdrawal, user):
        raise NotWithdrawableError(_("这项申请已有人处理，或不由您决定。"))
    return withdrawal


def matter_of(withdrawal: Withdrawal) -> str:
    """Name what letters about a request are about."""
    return f"withdrawal:{withdrawal.pk}"


def _locked(subject: Any) -> Any:
    """Return the subject as it is now, locked: two who press at the same moment withdraw once."""
    if subject is None:
        raise NotWithdrawableError(_("它已不存在。"))
    return lock(subject, *_copies(subject))


def _check(subject: Any, plan: Plan) -> None:
    if not isinstance(subject, WithdrawableMixin) or not subject.live:
        raise NotWithdrawableError(_("它现在不在公开中，无须撤下。"))
    if plan.kind not in subject.withdrawal_kinds or not plan.reason.strip():
        raise NotWithdrawableError(_("请选择撤下方式，并写明向公众说明的原因。"))
    if plan.kind in WITH_TARGET:
        refusal = subject.refuse_target(plan.kind, plan.target) if plan.target else _("请写明转到哪个页面。")
        if refusal:
            raise NotWithdrawableError(refusal)


def _planned(plan: Plan) -> dict[str, Any]:
    target = plan.target if plan.kind in WITH_TARGET else None
    return {"kind": plan.kind, "reason": plan.reason, "target_id": target.pk if target else None}


def _carry_out(withdrawal: Withdrawal, subject: Any, user: Any, state: str) -> Withdrawal:
    """Take it out of the public, with its translations; what is in review or waits for its hour goes back too."""
    copies = [(copy.pk, public_revision(copy).pk) for copy in _public_copies(subject)]
    revision = public_revision(subject)
    if subject.workflow_in_progress:
        subject.current_workflow_state.cancel(user=user)
    target = withdrawal.target.specific if withdrawal.target else None
    leaving = Leaving(withdrawal.kind, withdrawal.reason, withdrawal.office, target, revision)
    memory = subject.leave_public(leaving, user=user)
    withdrawal.memory = {**memory, "copies": copies}
    withdrawal.revision, withdrawal.state = revision, state
    withdrawal.withdrawn_by, withdrawal.withdrawn_at = user, timezone.now()
    withdrawal.save()
    facts = {"kind": withdrawal.kind, "reason": withdrawal.reason, "office": withdrawal.office.title}
    log(instance=subject, action="gongkai.withdraw", user=user, data=facts, revision=revision)
    record("withdrawal.done", subject, actor=user, before={"live": True}, after={"live": False}, withdrawal=facts)
    close_reviews(subject, by=user, state=ReviewState.WITHDRAWN)
    forget_schedules(subject, user, _("已撤下。"))
    for copy in _copies(subject):
        _keep_back(copy, user)
    if state == WithdrawalState.IN_EFFECT:
        open_withdrawal_review(withdrawal, subject, user)
    _tell_those_concerned(withdrawal, subject, user)
    return withdrawal


def _copies(subject: Any) -> list[Any]:
    if not hasattr(subject, "get_translations") or subject.locale.language_code != settings.LANGUAGE_CODE:
        return []
    return [getattr(copy, "specific", copy) for copy in subject.get_translations()]


def _public_copies(subject: Any) -> list[Any]:
    return [copy for copy in _copies(subject) if copy.live]


def _keep_back(copy: Any, user: Any) -> None:
    """Let a translation that is in review or waits for its hour be a draft again."""
    if copy.workflow_in_progress:
        copy.current_workflow_state.cancel(user=user)
    copy.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    forget_schedules(copy, user, _("原文已撤下。"))


def _tell_those_concerned(withdrawal: Withdrawal, subject: Any, user: Any) -> None:
    """Tell the unit: its reviewers, who wrote what was public, who asked for it."""
    revision = withdrawal.revision
    ids = {getattr(subject, "owner_id", None), revision.user_id if revision else None, withdrawal.requested_by_id}
    ids |= set(reviewers(withdrawal.organisation).values_list("pk", flat=True))
    message = Message(
        "withdrawal.done",
        _("已撤下：%(title)s") % {"title": withdrawal.title},
        _("“%(office)s”（%(person)s）撤下了《%(title)s》（%(kind)s），原因：%(reason)s") % _names(withdrawal, user),
        organisation=withdrawal.organisation,
    )
    write(people(*(ids - {user.pk})), message)


def _names(withdrawal: Withdrawal, user: Any) -> dict[str, Any]:
    return {
        "title": withdrawal.title,
        "person": user,
        "office": withdrawal.office.title,
        "kind": withdrawal.get_kind_display(),
        "reason": withdrawal.reason,
    }
