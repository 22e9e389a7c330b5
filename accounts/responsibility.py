"""Who answers for a draft or a submission now: whoever wrote or submitted it, or to whom he handed it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from .models import HandedItem

if TYPE_CHECKING:
    from collections.abc import Iterable


def base_type(model: Any) -> ContentType:
    """Return the content type under which Wagtail files revisions and workflow states of a model."""
    parents = model._meta.get_parent_list()
    return ContentType.objects.get_for_model(parents[-1] if parents else model, for_concrete_model=False)


def takers_of(obj: Any, givers: Iterable[int]) -> set[int]:
    """Return the ids of those to whom one of the givers handed this object over."""
    items = HandedItem.objects.filter(
        base_content_type=obj.get_base_content_type(), object_id=str(obj.pk), giver__in=list(givers)
    )
    return set(items.values_list("taker", flat=True))


def answering_for(workflow_state: Any) -> int | None:
    """Return the id of who answers for a submission: recalls it, and gets it back."""
    item = HandedItem.objects.filter(
        base_content_type=workflow_state.base_content_type_id,
        object_id=workflow_state.object_id,
        giver=workflow_state.requested_by_id,
    ).first()
    return item.taker_id if item else workflow_state.requested_by_id


def submissions_of(user: Any, to: str = "") -> Q:
    """Return the condition "this person answers for the submission"; `to` leads to the workflow state."""
    lead = f"{to}__" if to else ""
    same = {
        "base_content_type": OuterRef(f"{lead}base_content_type"),
        "object_id": OuterRef(f"{lead}object_id"),
        "giver": OuterRef(f"{lead}requested_by"),
    }
    handed = HandedItem.objects.filter(**same)
    own = Q(**{f"{lead}requested_by": user}) & ~Q(Exists(handed))
    return own | Q(Exists(handed.filter(taker=user)))


def drafts_of(model: Any, user: Any) -> Q:
    """Return the condition "this person answers for the latest revision" for objects of a model."""
    handed = HandedItem.objects.filter(
        base_content_type=base_type(model),
        object_id=Cast(OuterRef("pk"), CharField()),
        giver=OuterRef("latest_revision__user"),
    )
    own = Q(latest_revision__user=user) & ~Q(Exists(handed))
    return own | Q(Exists(handed.filter(taker=user)))


def is_unfinished() -> Q:
    """Return the condition "somebody has still to work on the latest revision".

    Not on what was taken out of the public and has not been touched since, nor on what waits for its hour.
    """
    left = Q(live=False, last_published_at__gte=F("latest_revision__created_at"))
    return ~left & Q(latest_revision__approved_go_live_at=None)


def took_over(user: Any, written: Iterable[Any], requested_by: str) -> Exists:
    """Ask of a task state whether this person took over what is decided on, from who wrote or submitted it.

    `written` are the revisions since the last approval and the translations, with outer references to the hand-over
    item.
    """
    items = HandedItem.objects.filter(
        taker=user,
        base_content_type=OuterRef("revision__base_content_type"),
        object_id=OuterRef("revision__object_id"),
    )
    wrote = Q(giver=OuterRef(requested_by))
    for each in written:
        wrote |= Q(Exists(each))
    return Exists(items.filter(wrote))
