"""What the public pages read, each with its scope and its limit: one query a function."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

from snippets.models import ServiceItem

from ..identity import source_locale_id
from ..models import (
    IndustryPage,
    NoticeKind,
    NoticePage,
    PublicationRecord,
    ServiceIndexPage,
    UnitPage,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ..models import OrganisationPage

# A notice without an end is news for two weeks.
OPEN_NOTICE_DAYS = 14


def latest_disclosures(scope: Q, limit: int) -> list[PublicationRecord]:
    """Return the newest public disclosures within a scope of the register, with page and organisation."""
    found = PublicationRecord.objects.filter(scope, is_public=True, page__disclosurepage__isnull=False)
    return list(found.select_related("page", "organisation").order_by("-first_published_at", "-pk")[:limit])


def notices_now(scope: Q, now: datetime, limit: int) -> list[NoticePage]:
    """Return what runs or is ahead: emergencies first, then what runs (newest first), then what comes (next first)."""
    fresh = Q(ends_at=None, record__first_published_at__gte=now - timedelta(days=OPEN_NOTICE_DAYS))
    ahead = Q(starts_at__gt=now)
    rank = Case(When(ahead, then=Value(2)), When(kind=NoticeKind.EMERGENCY, then=Value(0)), default=Value(1))
    found = NoticePage.objects.live().filter(scope, Q(ends_at__gte=now) | fresh | (ahead & Q(ends_at=None)))
    found = found.filter(record__is_public=True).select_related("record__organisation").annotate(rank=rank)
    return list(
        found.order_by("rank", Case(When(ahead, then=F("starts_at"))), F("starts_at").desc(nulls_last=True))[:limit]
    )


def units_within(scope: Q) -> QuerySet[UnitPage]:
    """Return the public units of a scope, source language only."""
    units: QuerySet[UnitPage] = UnitPage.objects.live().filter(scope, locale_id=source_locale_id())
    return units


def below(organisation: OrganisationPage) -> Q:
    """Scope pages to those under an organisation, itself included."""
    return Q(path__startswith=organisation.path)


def records_below(organisation: OrganisationPage) -> Q:
    """Scope the register to an organisation and all under it."""
    return Q(organisation__path__startswith=organisation.path)


def unit_counts(scope: Q) -> dict[int | None, int]:
    """Count the units of a scope by the id of their industry."""
    return dict(units_within(scope).order_by().values_list("industry").annotate(number=Count("pk")))


def unit_counts_by_sector(scope: Q) -> dict[int | None, int]:
    """Count the units of a scope by the id of the first-level industry."""
    sector = Coalesce("industry__parent", "industry")
    units = units_within(scope).order_by().annotate(sector=sector)
    return dict(units.values_list("sector").annotate(number=Count("pk")))


def industry_pages() -> list[IndustryPage]:
    """Return the public pages of the industries, with their industry, in its order."""
    pages = IndustryPage.objects.live().filter(locale_id=source_locale_id())
    return list(pages.select_related("industry").order_by("industry__order", "industry__code"))


def service_hall() -> ServiceIndexPage | None:
    """Return the page of all service items."""
    pages = ServiceIndexPage.objects.live().filter(locale_id=source_locale_id())
    page: ServiceIndexPage | None = pages.order_by("path").first()
    return page


def service_items(scope: Q) -> QuerySet[ServiceItem]:
    """Return the live service items of a scope, source language only."""
    return ServiceItem.objects.filter(scope, live=True, locale_id=source_locale_id())
