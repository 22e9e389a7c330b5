"""Hand everything over: one transaction, recorded, and the taker gets a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authority import within
from accounts.models import HandedItem, Handover, Leave, User
from accounts.responsibility import base_type
from ledger.events import record
from ledger.letters import Message, write
from workflows.models import Bundle, BundleMember, BundleState
from workflows.rerouting import is_stuck, reroute, waiting_at

from ..staff import appoint, change
from .plan import Plan, plan

if TYPE_CHECKING:
    from wagtail.models import Page

WORDS = {
    "appointments": gettext_lazy("任命 %d 项"),
    "owned": gettext_lazy("名下页面 %d 个"),
    "drafts": gettext_lazy("草稿 %d 件"),
    "submissions": gettext_lazy("已提交未办结 %d 件"),
    "reviews": gettext_lazy("待审 %d 件"),
    "leaves": gettext_lazy("代理 %d 项"),
}


def in_words(counts: dict[str, int]) -> str:
    """Say what moves: "任命 2 项、草稿 3 件"."""
    return "、".join(str(words % counts[name]) for name, words in WORDS.items() if counts.get(name))


def refuse_impossible(giver: User, taker: User, by: Any) -> None:
    """Raise ValidationError for what cannot be handed over to whom."""
    if giver == taker:
        raise ValidationError(_("移交人和接收人不能是同一人。"))
    if by in (giver, taker):
        raise ValidationError(_("不能移交给自己，也不能移交自己的工作；请上级管理员办理。"))
    if not taker.is_active or taker.is_superuser:
        raise ValidationError(_("%(person)s的账号不能接收工作。") % {"person": taker})


@transaction.atomic
def hand_over(*, giver: User, taker: User, organisation: Page | None, by: Any) -> Handover:
    """Move what the plan shows. History keeps its names; from now on the taker answers.

    Raises ValidationError when there is nothing to move or the people do not fit.
    """
    # In the order of their numbers: two handovers at once wait for each other; whoever decides meanwhile, for none.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[giver.pk, taker.pk]).order_by("pk"))
    refuse_impossible(giver, taker, by)
    made = plan(giver, taker, organisation, by)
    if not made.appointments:
        raise ValidationError(_("%(person)s在您管理的单位没有可移交的任命。") % {"person": giver})
    counts = made.counts()
    handover = Handover.objects.create(giver=giver, taker=taker, organisation=organisation, by=by, moved=counts)
    _move_items(handover, made)
    for appointment in made.appointments:
        change(appointment, "relieve", by)
        appoint(appointment.organisation, appointment.duty, taker.username, by)
    _move_leaves(made)
    _move_bundles(made)
    _send_on_what_is_stuck(made, by)
    # The pages last: whoever decides locks what waits before its page.
    made.owned.update(owner=taker)
    _tell(handover, made)
    return handover


def _move_items(handover: Handover, made: Plan) -> None:
    """Name the taker for each draft and submission; what the giver had taken over himself is passed on."""
    subjects = {(base_type(type(draft)).pk, str(draft.pk)): draft.latest_revision.user_id for draft in made.drafts}
    rows = list(subjects.items())
    rows += [((state.base_content_type_id, state.object_id), state.requested_by_id) for state in made.submissions]
    for (kind, pk), author in rows:
        if author == made.taker.pk:
            HandedItem.objects.filter(base_content_type=kind, object_id=pk, giver=author).delete()
            continue
        HandedItem.objects.update_or_create(
            base_content_type_id=kind,
            object_id=pk,
            giver_id=author,
            defaults={"handover": handover, "taker": made.taker},
        )


def _move_bundles(made: Plan) -> None:
    """Let the taker answer for the bundles that are not public yet; the event keeps who submitted them."""
    here = within([place.path for place in made.places], "organisation")
    found = Bundle.objects.filter(here, submitted_by=made.giver).exclude(state=BundleState.PUBLISHED)
    for member in BundleMember.objects.filter(bundle__in=found, authors=made.giver):
        member.authors.add(made.taker)
    found.update(submitted_by=made.taker)


def _move_leaves(made: Plan) -> None:
    """Let the taker stand in where the giver did; the giver's own leave is over."""
    for leave in made.leaves:
        if leave.user_id == made.taker.pk:
            leave.delete()
        else:
            leave.deputy = made.taker
            leave.save(update_fields=["deputy"])
    places = [place.pk for place in made.places]
    Leave.objects.filter(user=made.giver, organisation__in=places, until__gte=timezone.localdate()).delete()


def _send_on_what_is_stuck(made: Plan, by: Any) -> None:
    """Let nothing wait where only its author would decide."""
    for place in made.places:
        for state in waiting_at(place):
            if is_stuck(state):
                reroute(state, by)


def _tell(handover: Handover, made: Plan) -> None:
    words = {"giver": made.giver, "taker": made.taker, "what": in_words(handover.moved)}
    names = {"taker": made.taker.username, "taker_name": str(made.taker)}
    places = [place.title for place in made.places]
    record(
        "people.handed_over",
        made.giver,
        organisation=made.places[0],
        actor=handover.by,
        moved=handover.moved,
        places=places,
        **names,
    )
    place = made.places[0]
    body = _("单位：%(places)s。\n移交内容：%(what)s。") % {"places": "、".join(places), "what": words["what"]}
    url = reverse("people:handed_over", args=[handover.pk])
    subject = _("%(giver)s的工作移交给您") % words
    write(
        [made.taker],
        Message("people.handed_over", subject, body, url, must_act=bool(made.submissions), organisation=place),
    )
    write([made.giver], Message("people.handed_over", _("您的工作已移交给%(taker)s") % words, body, organisation=place))
