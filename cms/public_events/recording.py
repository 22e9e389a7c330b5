"""Write a public event in the transaction in which what the public sees changes, whatever path it came by.

Drafts are never an event here; neither is what stands behind a restriction. Something told "with all below" (`subtree`)
is one event, however many pages that are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from ledger.events import record
from ledger.models import Event
from pages.models import RecordPage
from snippets.models import ServiceItem

from .facts import Facts, facts_of
from .kinds import ACTS, CHANGED, DELETED, MOVED, PUBLISHED, WITHDRAWN
from .places import Place, place_of

if TYPE_CHECKING:
    from collections.abc import Collection

# How something is withdrawn that is there as before, but no longer for everybody.
RESTRICTED = "restricted"


def tell(kind: str, thing: Any, **facts: Any) -> None:
    """Record an event about something the public sees, or saw until now."""
    found = facts_of(thing)
    if found.place.is_open:
        write(kind, found, **facts)


def write(kind: str, found: Facts, *, place: Place | None = None, **facts: Any) -> None:
    """Record an event; `place` is where it counts as standing, by default where it stands."""
    place = place or found.place
    whose = Page(pk=place.organisation) if place.organisation else None
    record(kind, found.subject, organisation=whose, **found.told, within=list(place.within), **facts)


def tell_published(thing: Any) -> None:
    """Tell that a version became public."""
    found, last = facts_of(thing), _last_told(thing)
    ended = _ended_by(thing)
    if found.place.is_open:
        more: dict[str, Any] = {"ended": ended} if ended else {}
        was_public = _was_public(thing, last)
        if was_public and isinstance(thing, ServiceItem) and last is not None:
            more |= _handed_on(last, found)
        write(CHANGED if was_public else PUBLISHED, found, **more)
        if was_public and isinstance(thing, Page) and _has_another_address(thing, found, last):
            # What stands below has one, too.
            write(MOVED, found, subtree=True)
    released = (last.data.get("ended") or []) if last is not None else []
    _tell_of({*ended, *released})


def _last_told(thing: Any) -> Event | None:
    """Return what was told of a thing last."""
    label = (getattr(thing, "specific_class", None) or type(thing))._meta.label_lower
    told = Event.objects.filter(subject_type=label, subject_id=str(thing.pk), kind__in=ACTS)
    return told.order_by("-pk").first()


def _was_public(thing: Any, last: Event | None) -> bool:
    """Was it public already? What was loaded in bulk has never been told of by itself."""
    if last is not None:
        return last.kind not in {WITHDRAWN, DELETED}
    return bool(thing.first_published_at != thing.last_published_at)


def _has_another_address(page: Page, found: Facts, last: Event | None) -> bool:
    """Was another address told last? Of what was loaded in bulk none was: it had that of its first version."""
    if last is not None:
        return bool(last.data.get("html_url") != found.told["html_url"])
    first = page.revisions.order_by("pk").values_list("content__slug", flat=True).first()
    return bool(first != page.slug)


def _handed_on(last: Event, found: Facts) -> dict[str, Any]:
    """Tell where a service item stood until now, if that was elsewhere."""
    was = last.data.get("within")
    return {"was_within": was} if was and was != list(found.place.within) else {}


def _ended_by(thing: Any) -> list[int]:
    """Return the records that one supersedes or repeals: their validity changes with it."""
    if not isinstance(thing, RecordPage):
        return []
    return [key for key in dict.fromkeys((thing.supersedes_id, thing.repeals_id)) if key]


def _tell_of(records: Collection[int]) -> None:
    if records:
        for page in Page.objects.filter(pk__in=records, live=True).order_by("pk"):
            tell(CHANGED, page)


def tell_withdrawn(thing: Any) -> None:
    """Tell that something left the public."""
    tell(WITHDRAWN, thing)
    _tell_of(_ended_by(thing))


def tell_moved(page: Page, before: Page, after: Page) -> None:
    """Tell that a page went from below one page to below another, with all below it."""
    was, now = place_of(before.path), place_of(after.path)
    for each, is_whole in _public_roots(page):
        found = facts_of(each)
        kind = {(True, True): MOVED, (True, False): WITHDRAWN, (False, True): PUBLISHED}.get((was.is_open, now.is_open))
        if kind is None:
            return
        tail = found.place.within[len(now.within) :]
        place = found.place if kind != WITHDRAWN else Place((*was.within, *tail), was.organisation)
        more: dict[str, Any] = {"was_within": [*was.within, *tail]} if kind == MOVED else {}
        more |= {"withdrawal": RESTRICTED} if kind == WITHDRAWN else {}
        write(kind, found, place=place, subtree=is_whole, **more)


def tell_restricted(page: Page, *, is_open: bool) -> None:
    """Tell that everything from a page downwards is no longer for everybody, or is again."""
    for each, is_whole in _public_roots(page):
        why: dict[str, Any] = {} if is_open else {"withdrawal": RESTRICTED}
        write(PUBLISHED if is_open else WITHDRAWN, facts_of(each), subtree=is_whole, **why)


def tell_deleted(thing: Any) -> None:
    """Tell that something is gone; what was never public was never told of."""
    if thing.live or thing.first_published_at is not None:
        tell(DELETED, thing)


def tell_what_uses(file: Any) -> None:
    """Tell of all public content that shows an image or document: it has no event of its own."""
    references = ReferenceIndex.get_references_to(file)
    _tell_of([int(key) for key in _bases(references, Page)])
    for item in ServiceItem.objects.filter(pk__in=[int(key) for key in _bases(references, ServiceItem)], live=True):
        tell(CHANGED, item)


def _bases(references: QuerySet[ReferenceIndex], model: type[Any]) -> set[str]:
    base = ReferenceIndex._get_base_content_type(model)
    return set(references.filter(base_content_type=base).values_list("object_id", flat=True))


def tell_loaded(parent: Page) -> None:
    """Tell that many pages were added below one at once."""
    if parent.depth > 1:
        tell(CHANGED, parent, subtree=True)


def _public_roots(page: Page) -> list[tuple[Page, bool]]:
    """Return the page, for all below it; where it is no public page itself, those below, each for itself."""
    if page.live:
        return [(page, True)]
    below: QuerySet[Page] = Page.objects.filter(Q(path__startswith=page.path), live=True).order_by("path")
    return [(each, False) for each in below]
