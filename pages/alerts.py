"""应急横幅: which notices stand as a banner on which pages, and when that changes.

A banner runs as its notice does: from its start, or its publication, until its end. It reaches the branch of its
writer, the districts or the industry it names, or everything (`AlertScope`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, Value, When
from wagtail.models import Page

from .identity import source_locale_id, source_of
from .models import AlertScope, AlertSeverity, DistrictPage, IndustryPage, NoticePage, OrganisationPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

STEP = Page.steplen
# Root, portal, district.
DISTRICT_LENGTH = 3 * STEP
# More would be no warning any more.
SHOWN = 3
GRAVEST_FIRST = Case(*(When(alert_severity=grade, then=Value(place)) for place, grade in enumerate(AlertSeverity)))


@dataclass(frozen=True)
class Reach:
    """Whose pages a banner stands on: all, those of branches of the tree, those of an industry."""

    everywhere: bool = False
    branches: tuple[DistrictPage | OrganisationPage, ...] = ()
    industry: int | None = None

    def covers(self, place: Place) -> bool:
        """Does it stand on pages of this place?"""
        if self.everywhere:
            return True
        below = any(place.path.startswith(branch.path) for branch in self.branches)
        return below or (self.industry is not None and self.industry in place.industries)


@dataclass(frozen=True)
class Place:
    """Where a page stands: its path in the tree of the source language, its industry with the one above."""

    path: str = ""
    industries: frozenset[int] = frozenset()


# Pages that belong to no organisation: search, map, roster.
NOWHERE = Place()


def running(now: datetime) -> list[NoticePage]:
    """Return the banners of this moment, gravest and then newest first. One query."""
    found = _begun(now).annotate(grade=GRAVEST_FIRST)
    return list(found.order_by("grade", "-record__first_published_at", "-pk"))


def pending(path: str, now: datetime) -> list[NoticePage]:
    """Return the banners of one writer that run or are ahead. One query."""
    return [notice for notice in _alerts(now) if notice.path[:-STEP] == path]


def _begun(now: datetime) -> Any:
    return _alerts(now).filter(Q(starts_at=None) | Q(starts_at__lte=now))


def _alerts(now: datetime) -> Any:
    found = NoticePage.objects.live().exclude(alert_scope="").filter(ends_at__gte=now, locale_id=source_locale_id())
    return found.filter(record__is_public=True).select_related("record__organisation__industry")


def reaches(notices: Sequence[NoticePage]) -> dict[int, Reach]:
    """Return whom banners reach, by the id of the notice. One query where districts are named."""
    districts = list(_districts([each for each in notices if each.alert_scope == AlertScope.DISTRICT]))
    return {notice.pk: _reach(notice, districts) for notice in notices}


def _districts(notices: Iterable[NoticePage]) -> Iterable[DistrictPage]:
    wanted = Q(pk=None)
    for notice in notices:
        wanted |= Q(division_code__in=notice.alert_districts) | Q(path=notice.path[:DISTRICT_LENGTH])
    return DistrictPage.objects.filter(wanted, locale_id=source_locale_id()) if notices else ()


def _reach(notice: NoticePage, districts: list[DistrictPage]) -> Reach:
    writer = notice.record.organisation
    if notice.alert_scope == AlertScope.CITY:
        return Reach(everywhere=True)
    if notice.alert_scope == AlertScope.INDUSTRY:
        return Reach(industry=writer.industry_id)
    if notice.alert_scope == AlertScope.DISTRICT:
        # Within a district it reaches that one alone, whatever codes it names.
        own = [each for each in districts if notice.path.startswith(each.path)]
        named = [each for each in districts if each.division_code in notice.alert_districts]
        return Reach(branches=tuple(own or named))
    return Reach(branches=(writer,))


def place_of(page: Any) -> Place:
    """Return where a page stands. At most two queries, none for a page in the source language that is an industry's."""
    if page is None:
        return NOWHERE
    source = source_of(page)
    if isinstance(source, IndustryPage):
        return Place(source.path, _with_parent(source.industry))
    organisation = getattr(source, "organisation", None)
    return Place(source.path, _with_parent(organisation.industry) if organisation else frozenset())


def _with_parent(industry: Any) -> frozenset[int]:
    return frozenset(key for key in (industry.pk, industry.parent_id) if key) if industry else frozenset()


def here(page: Any, now: datetime) -> list[NoticePage]:
    """Return the banners that stand on a page now (None: on one of no organisation). One query where there are none."""
    # Nearly always there are none, and all that a banner shows is a long question to put together.
    return _covering(running(now), page) if _begun(now).exists() else []


def moments_here(page: Any, since: datetime) -> list[datetime]:
    """Return when a banner on this page begins or ends, from a moment on. One query where there is none."""
    found = _covering(list(_alerts(since)), page)
    moments = [moment for notice in found for moment in (notice.starts_at, notice.ends_at)]
    return [moment for moment in moments if moment and moment >= since]


def _covering(notices: list[NoticePage], page: Any) -> list[NoticePage]:
    if not notices:
        return []
    found = reaches(notices)
    place = place_of(page) if any(not reach.everywhere for reach in found.values()) else NOWHERE
    return [notice for notice in notices if found[notice.pk].covers(place)]
