"""The places that are found, in the order of their numbers, and how each is shown in the list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocks.writing import phone_numbers
from pages.models import OrganisationPage, OrganisationPhone, ServiceOutlet
from pages.presentation.reader import SOURCE_TAG
from pages.presentation.rows import name
from rules.opening_hours import opening_hours
from snippets.workdays import workday_calendar

from .at_hand import places_at_hand
from .places import Place, by_distance
from .wording import distance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pages.presentation import Reader

    from .asked import Asked


@dataclass(frozen=True)
class Clock:
    """The moment at which doors are open or not, in Beijing."""

    moment: datetime
    is_workday: bool

    @classmethod
    def now(cls) -> Clock:
        """Read the clock and the calendar. One query."""
        moment = timezone.localtime()
        return cls(moment, workday_calendar().is_workday(moment.date()))

    def is_open(self, hours: str) -> bool | None:
        """Is a door open? None where its hours do not say it for certain."""
        read = opening_hours(hours) if hours else None
        return None if read is None else read.is_open(self.moment, is_workday=self.is_workday)


class Found:
    """What a request finds. Asks nothing before it is asked."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        # Of how many doors nobody knows whether they are open, when only open ones are asked for.
        self.unsure = 0

    @cached_property
    def clock(self) -> Clock:
        """Return the clock of this request."""
        return Clock.now()

    @cached_property
    def places(self) -> list[Place]:
        """Return all places that are found, the first of them number one."""
        origin = self.asked.origin
        if self.asked.problems:
            return []
        found = list(places_at_hand.places(self.asked.scope))
        if self.asked.only_open:
            states = [self.clock.is_open(place.hours) for place in found]
            self.unsure = states.count(None)
            found = [place for place, is_open in zip(found, states, strict=True) if is_open]
        return by_distance(found, origin)


def rows(reader: Reader, found: Found, page: Sequence[Place], first: int) -> list[dict[str, Any]]:
    """Describe one page of places (`service_map/place.html`). At most four queries, whatever their number."""
    pages = OrganisationPage.objects.in_bulk({place.organisation for place in page})
    outlets = ServiceOutlet.objects.in_bulk({place.outlet for place in page if place.outlet})
    shown, phones = reader.translated(pages.values()), _phones(pages)
    return [
        {
            **_described(place, found),
            **reader.link(shown[place.organisation], "" if place.outlet else name(shown[place.organisation])),
            **(_of_outlet(outlets[place.outlet], reader) if place.outlet else {}),
            "owner": name(shown[place.organisation]) if place.outlet else "",
            "number": number,
            "phones": (numbers(outlets[place.outlet].phones) if place.outlet else []) or phones[place.organisation],
            "route": route_address(found.asked, place),
        }
        for number, place in enumerate(page, first)
    ]


def _described(place: Place, found: Found) -> dict[str, Any]:
    metres = place.metres_from(found.asked.origin)
    return {
        "address": place.address,
        "hours": place.hours,
        "is_open": found.clock.is_open(place.hours),
        "distance": "" if metres is None else distance(metres),
        "has_position": place.position is not None,
    }


def _of_outlet(outlet: ServiceOutlet, reader: Reader) -> dict[str, Any]:
    """An outlet is named in the source language; abroad that is marked."""
    lang = "" if reader.reads_source else SOURCE_TAG
    return {"title": outlet.name, "note": _("、").join(outlet.service_list), "lang": lang}


def _phones(pages: Any) -> dict[int, list[dict[str, str]]]:
    """Return the hotline of each organisation, else its first number."""
    found: dict[int, list[dict[str, str]]] = {pk: [] for pk in pages}
    rows = OrganisationPhone.objects.filter(page__in=pages).order_by("page", "-is_hotline", "sort_order")
    for pk, number in rows.values_list("page", "number"):
        found[pk] = found[pk] or numbers(number)
    return found


def numbers(text: str) -> list[dict[str, str]]:
    """Return the numbers of a phone field as links."""
    return [{"title": written, "url": address} for written, address in phone_numbers(text)]


def route_address(asked: Asked, place: Place) -> str:
    """Return the page that tells the way to a place, from where the reader said he is."""
    if not place.key or place.position is None:
        return ""
    query = {"to": place.key}
    if asked.whereabouts:
        query["from"] = asked.whereabouts.key
    return f"{reverse('map_route')}?{urlencode(query, safe=',~')}"
