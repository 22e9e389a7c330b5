"""The rows of a listing with what their columns and menus ask of each, in one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Cast
from wagtail.models import Locale, Revision, WorkflowState
from wagtail_localize.models import TranslationSource

from .models import ServiceItem

if TYPE_CHECKING:
    from django.db.models import QuerySet


def with_states(items: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """Add what the column of the state asks: the approval in progress, and a version that waits for its day.

    Wagtail's `status_string` finds both where it keeps them itself (`_current_workflow_states`, `scheduled_revision`).
    """
    in_progress = WorkflowState.objects.active().select_related("current_task_state__task")
    waiting = Revision.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        content_type__app_label="snippets",
        content_type__model="serviceitem",
        approved_go_live_at__isnull=False,
    )
    return items.prefetch_related(
        Prefetch("workflow_states", queryset=in_progress, to_attr="_current_workflow_states")
    ).annotate(scheduled_revision=Subquery(waiting.values("pk")[:1]))


def with_translations(items: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """Add what the menu of a row asks: is a language missing, and which source do its translations follow?"""
    translated = ServiceItem.objects.filter(translation_key=OuterRef(OuterRef("translation_key")))
    source = TranslationSource.objects.filter(
        object_id=OuterRef("translation_key"), locale=OuterRef("locale"), translations__enabled=True
    )
    return items.annotate(
        lacks_a_language=Exists(Locale.objects.exclude(pk__in=translated.values("locale"))),
        followed_source=Subquery(source.values("pk")[:1]),
    )
