"""How far translation has come, organisation by organisation: what is public in Chinese, and how its copy stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, TextChoices, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import TranslationSource

from pages.identity import source_locale_id
from pages.models import OrganisationPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from wagtail.models import Locale


class State(TextChoices):
    """How the copy of a public page stands in one language."""

    LIVE = "live", _("最新")
    STALE = "stale", _("已过时")
    REVIEW = "review", _("审核中")
    DRAFT = "draft", _("翻译中")
    MISSING = "missing", _("没有译文")


def organisations(office: Page) -> QuerySet[OrganisationPage]:
    """Return the public organisations at and below an office, in the order of the tree."""
    found: QuerySet[OrganisationPage] = (
        OrganisationPage.objects.descendant_of(office, inclusive=True)
        .live()
        .filter(locale_id=source_locale_id())
        .order_by("path")
    )
    return found


def public_pages(units: Iterable[int], locale: Locale) -> QuerySet[Page]:
    """Return the public pages of organisations: their own, disclosures and notices.

    Each has `unit` (id of the organisation), `copy` (id of its copy, or None) and `state` (a `State`).
    """
    ids = list(units)
    copies = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale)
    taken = TranslationSource.objects.filter(object_id=OuterRef("translation_key"), locale_id=source_locale_id())
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("copy"), CharField()),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    own = Q(record__organisation__in=ids, record__is_public=True) | Q(pk__in=ids)
    pages = Page.objects.live().filter(own, locale_id=source_locale_id())
    newer = Q(last_published_at__gt=F("copy_at")) | Q(last_published_at__gt=F("taken_at"))
    return pages.annotate(
        unit=Coalesce("record__organisation_id", "pk"),
        copy=Subquery(copies.values("pk")[:1]),
        copy_live=Subquery(copies.values("live")[:1]),
        copy_at=Subquery(copies.values("last_published_at")[:1]),
        taken_at=Subquery(taken.values("last_updated_at")[:1]),
    ).annotate(
        state=Case(
            When(Exists(reviews), then=Value(State.REVIEW)),
            When(newer, copy_live=True, then=Value(State.STALE)),
            When(copy_live=True, then=Value(State.LIVE)),
            When(copy__isnull=False, then=Value(State.DRAFT)),
            default=Value(State.MISSING),
            output_field=CharField(),
        )
    )


def numbers(units: list[OrganisationPage], locale: Locale) -> list[dict[str, Any]]:
    """Count the states of each organisation: one query for all."""
    counted: dict[int, dict[str, int]] = {unit.pk: dict.fromkeys(State.values, 0) for unit in units}
    found = public_pages(counted, locale).order_by().values("unit", "state").annotate(number=Count("pk"))
    for each in found:
        counted[each["unit"]][each["state"]] = each["number"]
    return [
        {
            "unit": unit,
            "total": sum(counted[unit.pk].values()),
            "cells": [(state, counted[unit.pk][state]) for state in State],
        }
        for unit in units
    ]
