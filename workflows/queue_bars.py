"""Whom the queue keeps from what: `authors.barred_for`, asked by the database of all states at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, Exists, IntegerField, OuterRef, Subquery, UUIDField, When
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.snippets.models import get_workflow_enabled_models
from wagtail_localize.models import SegmentOverride, StringTranslation

from .models import Contributor, TieredTaskState

if TYPE_CHECKING:
    from django.db.models import QuerySet

_TRANSLATED = (StringTranslation, SegmentOverride)


def of_subject(of_page: str, of_snippet: Any) -> list[When]:
    """Look a value up where the subject lives; the CASE keeps each cast to the rows it fits."""
    subject = Cast(OuterRef("revision__object_id"), IntegerField())
    page = Page.objects.filter(pk=subject).values(of_page)
    cases = [(Page, page)]
    for model in get_workflow_enabled_models():
        cases.append((model, model._default_manager.filter(pk=subject).values(of_snippet(model))))
    return [
        When(
            revision__base_content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
            then=Subquery(found[:1]),
        )
        for model, found in cases
    ]


def copy_of_what() -> dict[str, Case]:
    """Return `copy_of` and `copy_in`: of what, and in which locale, a copy is decided on."""
    return {
        "copy_of": Case(*of_subject("translation_key", lambda _: "translation_key"), output_field=UUIDField()),
        "copy_in": Case(*of_subject("locale", lambda _: "locale"), output_field=BigIntegerField()),
    }


def wrote_it(user: Any) -> Exists:
    """Ask whether the person saved a revision since (see `authors.authors_since_approval`)."""
    return Exists(
        Revision.objects.filter(
            user=user,
            base_content_type=OuterRef("revision__base_content_type"),
            object_id=OuterRef("revision__object_id"),
            created_at__gt=OuterRef("public_since"),
        ).exclude(fingerprint__is_edit=False)
    )


def brought_it(user: Any) -> Exists:
    """Ask whether the person submitted it, uploaded a file of it, made or copied it."""
    return Exists(
        Contributor.objects.filter(
            person=user,
            is_used_up=False,
            base_content_type=OuterRef("revision__base_content_type"),
            object_id=OuterRef("revision__object_id"),
        )
    )


def translated_it(user: Any) -> Any:
    """Ask whether the person translated strings of the copy."""
    of_copy = {"context__object_id": OuterRef("copy_of"), "locale": OuterRef("copy_in")}
    strings, overrides = (
        Exists(model._default_manager.filter(last_translated_by=user, **of_copy)) for model in _TRANSLATED
    )
    return strings | overrides


def approved_before(user: Any, to: str = "") -> Exists:
    """Ask whether the person approved this content at a lower tier for another organisation.

    The same answer as `authors.Barred`; `to` leads to the state of the tier.
    """
    approved = TieredTaskState.objects.filter(
        finished_by=user,
        status=TaskState.STATUS_APPROVED,
        workflow_state__base_content_type=OuterRef(f"{to}workflow_state__base_content_type"),
        workflow_state__object_id=OuterRef(f"{to}workflow_state__object_id"),
        content_hash=OuterRef(f"{to}content_hash"),
        task__tieredapprovaltask__tier__lt=OuterRef(f"{to}task__tieredapprovaltask__tier"),
        approver__isnull=False,
    ).exclude(content_hash="")
    # A publication uses the approvals up.
    open_still = approved.exclude(workflow_state__status=WorkflowState.STATUS_APPROVED)
    return Exists(open_still.exclude(approver=OuterRef(f"{to}approver")))


def of_giver() -> list[QuerySet[Any]]:
    """Return what whoever handed the object over wrote of it; the item stands between it and the state."""
    revisions = Revision.objects.filter(
        user=OuterRef("giver"),
        base_content_type=OuterRef("base_content_type"),
        object_id=OuterRef("object_id"),
        created_at__gt=OuterRef(OuterRef("public_since")),
    ).exclude(fingerprint__is_edit=False)
    of_copy = {"context__object_id": OuterRef(OuterRef("copy_of")), "locale": OuterRef(OuterRef("copy_in"))}
    translated = [
        model._default_manager.filter(last_translated_by=OuterRef("giver"), **of_copy) for model in _TRANSLATED
    ]
    brought = Contributor.objects.filter(
        person=OuterRef("giver"),
        is_used_up=False,
        base_content_type=OuterRef("base_content_type"),
        object_id=OuterRef("object_id"),
    )
    return [revisions, brought, *translated]
