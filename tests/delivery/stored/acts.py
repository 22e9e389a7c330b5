"""A town whose every public answer is stored, and what can happen to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.api.urls import NAMESPACE
from cms.delivery.models import PublicObject, StoredRead
from cms.delivery.stored import settling
from cms.delivery.stored.inside import Inside
from cms.delivery.stored.objects import endpoint_of
from cms.delivery.stored.upkeep import current_eras, differences
from tests.clock import NOW
from tests.factories import (
    IndustryPage,
    NoticeIndexPage,
    ServiceIndexPage,
    StandardPage,
    make_disclosure,
    make_notice,
    make_page,
    make_service_item,
)
from tests.languages.acts import in_english
from tests.server.replay import Replay
from tests.town import Town, replay_town


@dataclass
class Kept:
    """The town, and its answers."""

    town: Town
    price: Any
    old_price: Any
    outage: Any
    beside: Any
    item: Any
    hall: Any
    about: Any
    spare: Any

    def store(self, prefix: str = "/") -> None:
        """Ask for every address until its answer is kept."""
        inside = Inside()
        for address in (each for each in self.all_addresses() if each.startswith(prefix)):
            for _time in range(2):
                inside.ask(address)

    def again(self) -> Kept:
        """Return the same with everything read anew."""
        places = {each.name: _read(getattr(self.town, each.name)) for each in fields(self.town)}
        own = {each.name: _read(getattr(self, each.name)) for each in fields(self) if each.name != "town"}
        return Kept(Town(**places), **own)

    def all_addresses(self) -> list[str]:
        """Return the addresses of all that is public, for people in each language and for programs."""
        found = [f"/zh-hant{self.price.url}", f"/zh-hant/api/v2/disclosures/{self.price.pk}/"]
        # Read in English without a translation: one of each kind.
        found += [f"/en{page.url}" for page in (self.outage, self.town.school, self.about)]
        for page in Page.objects.live().order_by("path"):
            if page.specific_class is not Page:
                found.append(page.get_url_parts()[2])
                found.append(reverse(f"{NAMESPACE}:{endpoint_of(page.specific_class)}:detail", args=[page.pk]))
        others = ["service-items", "catalogue", "industries", "sites", "menus", "redirects"]
        for row in PublicObject.objects.filter(endpoint__in=others, is_public=True):
            found.append(reverse(f"{NAMESPACE}:{row.endpoint}:detail", args=[row.key]))
        return found

    def fresh(self) -> set[str]:
        """Return the addresses that would be answered from the store."""
        kept = StoredRead.objects.filter(is_fresh=True, era__in=current_eras())
        return set(kept.values_list("address", flat=True))

    def wrong(self) -> list[str]:
        """Return the addresses whose stored answer is not what would be rendered."""
        return [found.address for found in differences() if found is not None]


def _read(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: _read(each) for name, each in thing.items()}
    return type(thing)._default_manager.get(pk=thing.pk) if hasattr(thing, "pk") else thing


@pytest.fixture
def stored(settings: Any) -> Any:
    """Let answers be stored; ours is the host of the test client."""
    settings.STORED_READS = True
    settings.BASE_URL = "http://testserver"
    return settings


@pytest.fixture
def told(db: None, stored: Any, time_machine: TimeMachineFixture) -> Kept:
    """Fill the town, count what is public, store the answers to programs."""
    return _at_its_hour("/api/", time_machine)


@pytest.fixture
def kept(db: None, stored: Any, time_machine: TimeMachineFixture) -> Kept:
    """Fill the town, count what is public, store every answer."""
    return _at_its_hour("/", time_machine)


# What took a test two seconds to fill and to store, by what is stored and by whether the clock stands still.
_replays: dict[tuple[str, bool], Replay[tuple[Kept, datetime]]] = {}


def _at_its_hour(prefix: str, time_machine: TimeMachineFixture) -> Kept:
    """Put back the town with its answers; the clock goes on from where they were stored, unless it stands at NOW."""
    stands = timezone.now() == NOW
    if not stands:
        time_machine.move_to(NOW, tick=True)
    if (prefix, stands) not in _replays:
        _replays[prefix, stands] = Replay(lambda: (_stored(prefix), timezone.now()))
    found, at = _replays[prefix, stands].lazily()
    if not stands:
        time_machine.move_to(at, tick=True)
    return found


def _stored(prefix: str) -> Kept:
    found = filled(replay_town())
    found.store(prefix)
    return found


def filled(town: Town) -> Kept:
    hall = make_page(ServiceIndexPage, town.portal, title="办事")
    make_page(NoticeIndexPage, town.portal, title="公告")
    make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    about = make_page(StandardPage, town.portal, title="关于本站", kind="about")
    old = make_disclosure(town.water, town.entries["water_price"], title="旧水价")
    price = make_disclosure(town.water, town.entries["water_price"], title="水价", supersedes=old)
    outage = make_notice(town.water, title="停水", kind="planned_outage")
    beside = make_notice(town.water, title="临时停水", kind="emergency")
    spare = make_disclosure(town.school, town.entries["school_admission"], title="旧招生计划")
    item = make_service_item(town.water, town.industries["waterworks"], title="水费查询")
    Redirect.add_redirect("/old-price", redirect_to=price)
    Redirect.add_redirect("/elsewhere", redirect_to="https://example.org/")
    for page in (town.portal, town.water_office, town.water, price):
        in_english(page)
    settling.count_objects()
    settling.settle()
    return Kept(town, price, old, outage, beside, item, hall, about, spare)


def publish(page: Any, **fields: Any) -> Any:
    """Change a page as an approval does."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish(skip_permission_checks=True)
    return page
