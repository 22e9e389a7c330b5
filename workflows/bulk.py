"""Approve many routine items at once: each is asked again and decided in a transaction of its own."""

from __future__ import annotations

import logging
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import TaskState, WorkflowState

from snippets.models import CatalogueEntry

from .decisions import APPROVE, NotDecidableError, decide, may_decide, subject_of
from .models import BulkApproval, BulkItem, BundleState, Outcome, TieredTaskState
from .queue import waiting_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

MOST = 200
# So many are decided while the person waits; the worker does the rest.
AT_ONCE = 20
SALT = "workflows.bulk"


def choosable(person: Any) -> QuerySet[TieredTaskState]:
    """Return what this person may approve together with others: what waits for him and is marked as routine."""
    routine = list(CatalogueEntry.objects.filter(is_routine=True).values_list("pk", flat=True))
    waiting = waiting_for(person).exclude(workflow_state__bundle_member__bundle__state=BundleState.IN_REVIEW)
    return waiting.filter(revision__content__entry__in=routine)


def seal(person: Any, state: TieredTaskState) -> str:
    """Return the proof that this person was shown this revision of this item."""
    return signing.dumps([person.pk, state.pk, state.revision_id], salt=SALT)


def confirmed(person: Any, proofs: Iterable[str]) -> dict[int, int]:
    """Return which revision of which state was shown to this person; what was forged or is another's is left out."""
    found: dict[int, int] = {}
    for proof in proofs:
        try:
            owner, state, revision = signing.loads(proof, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        if owner == person.pk:
            found[state] = revision
    return found


@transaction.atomic
def begin(*, person: Any, shown: dict[int, int], comment: str) -> BulkApproval:
    """Write down what was confirmed; nothing is decided yet. Raises ValidationError when it is nothing or too much."""
    states = TieredTaskState.objects.select_related("revision").in_bulk(shown)
    if not shown or len(shown) > MOST:
        raise ValidationError(_("请选择 1 到 %(most)d 件。") % {"most": MOST})
    run = BulkApproval.objects.create(person=person, comment=comment)
    BulkItem.objects.bulk_create(
        BulkItem(run=run, state=state, revision_id=shown[key], title=state.revision.object_str[:255])
        for key in shown
        if (state := states.get(key))
    )
    return run


def work_off(run: BulkApproval, most: int) -> int:
    """Decide on the next items; return how many are left."""
    person = get_user_model()._default_manager.get(pk=run.person_id)
    waiting = run.items.filter(outcome=Outcome.WAITING).order_by("pk")
    for key in list(waiting.values_list("pk", flat=True)[:most]):
        _work_off_one(key, person)
    return waiting.count()


def leave_to_the_worker(run: BulkApproval) -> None:
    """Let the worker decide on the rest."""
    transaction.on_commit(partial(go_on.enqueue, run.pk), robust=True)


@task()
def go_on(run_id: int) -> None:
    """Decide on whatever is left of a run."""
    run = BulkApproval.objects.filter(pk=run_id).first()
    while run is not None and work_off(run, AT_ONCE):
        pass


def _work_off_one(key: int, person: Any) -> None:
    try:
        _decide_one(key, person)
    except (NotDecidableError, ValidationError) as error:
        _refuse(key, "".join(getattr(error, "messages", [])) or _("已由他人处理，或现在不由您审核。"))
    # Whatever goes wrong with one item, the others are decided, and the list says so.
    except Exception:
        logger.exception("bulk item %s failed", key)
        _refuse(key, _("系统出错，没有批准；请单独打开处理。"))


@transaction.atomic
def _decide_one(key: int, person: Any) -> None:
    """Ask again, and decide. The row is locked: the worker and an impatient person decide once."""
    item = BulkItem.objects.select_for_update(of=("self",)).select_related("run").get(pk=key)
    if item.outcome != Outcome.WAITING:
        return
    state = TieredTaskState.objects.select_related("workflow_state", "task", "revision").get(pk=item.state_id)
    if reason := refusal(state, item.revision_id, person):
        raise ValidationError(reason)
    decide(state_id=state.pk, user=person, action=APPROVE, comment=item.run.comment)
    item.outcome, item.text = Outcome.DONE, _went_to(state.workflow_state_id)
    item.save(update_fields=["outcome", "text"])


def _refuse(key: int, text: str) -> None:
    BulkItem.objects.filter(pk=key, outcome=Outcome.WAITING).update(outcome=Outcome.REFUSED, text=text[:255])


def refusal(state: TieredTaskState, revision_id: int | None, person: Any) -> str:
    """Return why an item must not be approved together with others; empty when it may."""
    subject = subject_of(state)
    if subject is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return _("已由他人处理，或已撤回。")
    if state.revision_id != revision_id or subject.latest_revision_id != revision_id:
        return _("提交的内容已有变化，请单独审核。")
    return next(chain(_not_this_person(state, person), _not_in_bulk(state, person)), "")


def _not_this_person(state: TieredTaskState, person: Any) -> Iterator[str]:
    if person.pk in state.barred.authors:
        yield _("您提交或编辑过这一稿，须由他人审核。")
    if not may_decide(state, person):
        yield _("现在不由您审核。")


def _not_in_bulk(state: TieredTaskState, person: Any) -> Iterator[str]:
    entry = CatalogueEntry.objects.filter(pk=state.revision.content.get("entry") or 0).first()
    if entry is None or not entry.is_routine:
        yield _("这一事项已不是例行事项，请单独审核。")
    if state.held_until is not None:
        yield _("已暂缓，请单独处理。")
    claimant = state.claimant(timezone.now())
    if claimant is not None and claimant.pk != person.pk:
        yield _("%(person)s正在办理。") % {"person": claimant}


def _went_to(workflow_state_id: int) -> str:
    workflow_state = WorkflowState.objects.get(pk=workflow_state_id)
    if workflow_state.status == WorkflowState.STATUS_APPROVED:
        return _("已公开")
    approver = workflow_state.current_task_state.specific.approver
    return _("送“%(name)s”审核") % {"name": approver.title if approver else ""}
