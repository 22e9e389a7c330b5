"""What stands under an address: a page, a service item, an entry; and whose it is. Asked by the worker, for many."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wagtail.models import Page, Site

from cms.api.urls import ENDPOINTS
from cms.delivery.traditional import SCRIPT_PREFIX
from pages.identity import source_locale_id
from pages.models import IndustryPage, OrganisationPage, PublicationRecord, ServiceIndexPage
from snippets.models import CatalogueEntry, ServiceItem

from .models import Subject, Way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ENGLISH = "/en/"
STEP = Page.steplen
# Routes of pages that show what the page is about.
ROUTES = frozenset({"catalogue", "roster"})
_ROW = re.compile(r"(?:/zh-hant|/en)?/api/v2/([a-z-]+)/([0-9]{1,18})/")
_MODELS: dict[str, Any] = {str(view.endpoint): view.model for view in ENDPOINTS}

Address = tuple[str, str]


@dataclass(frozen=True)
class Thing:
    """What is counted, and whose it is now."""

    subject: str
    key: int
    organisation: int | None = None
    entry: int | None = None
    industry: int | None = None


@dataclass
class Found:
    """Numbers of what stands under addresses: pages, service items by number or by code, entries."""

    pages: dict[Address, int] = field(default_factory=dict)
    items: dict[Address, int] = field(default_factory=dict)
    codes: dict[Address, str] = field(default_factory=dict)
    entries: dict[Address, int] = field(default_factory=dict)


def things(addresses: Collection[Address]) -> dict[Address, Thing]:
    """Return what stands under addresses, each a way and a path. At most ten queries; what is unknown is left out."""
    found = Found()
    _pages_by_path([path for way, path in addresses if way == Way.WEB], found)
    for way, path in addresses:
        if way == Way.API and (match := _ROW.fullmatch(path)):
            _note_row(found, (way, path), match[1], int(match[2]))
    return {**_of_pages(found), **_of_items(found), **_of_entries(found)}


def _note_row(found: Found, address: Address, endpoint: str, key: int) -> None:
    model = _MODELS.get(endpoint)
    if model is None:
        return
    if issubclass(model, Page):
        found.pages[address] = key
    elif model is ServiceItem:
        found.items[address] = key
    elif model is CatalogueEntry:
        found.entries[address] = key


def _pages_by_path(paths: Iterable[str], found: Found) -> None:
    """Find pages by the addresses they are read under, and the guides and catalogues that are routes of pages."""
    roots = _roots()
    candidates = {path: _url_paths(path, roots) for path in paths}
    wanted = {each for tries in candidates.values() for exact, parent in tries for each in (exact, parent)}
    known = dict(Page.objects.filter(url_path__in=wanted).values_list("url_path", "pk"))
    halls = set(ServiceIndexPage.objects.filter(pk__in=known.values()).values_list("pk", flat=True))
    for path, tries in candidates.items():
        for exact, parent in tries:
            last = exact.rstrip("/").rpartition("/")[2]
            if exact in known:
                found.pages[Way.WEB, path] = known[exact]
            elif parent in known and last in ROUTES:
                found.pages[Way.WEB, path] = known[parent]
            elif known.get(parent) in halls:
                found.codes[Way.WEB, path] = last
            else:
                continue
            break


def _roots() -> dict[str, str]:
    """Return the paths of the portal in the tree, by language."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return {}
    pages = site.root_page.get_translations(inclusive=True).select_related("locale")
    return {page.locale.language_code: page.url_path for page in pages}


def _url_paths(path: str, roots: dict[str, str]) -> list[tuple[str, str]]:
    """Return where in the tree a path may lead, the likeliest first; each with the place above it."""
    inner = path.removeprefix(SCRIPT_PREFIX)
    is_english = inner.startswith(ENGLISH)
    if is_english:
        inner = inner.removeprefix(ENGLISH.rstrip("/"))
    # A page that has no translation is served under /en/ all the same.
    ordered = sorted(roots.items(), key=lambda pair: pair[0].startswith("en") != is_english)
    tries = []
    for _language, root in ordered:
        exact = f"{root.rstrip('/')}{inner}"
        tries.append((exact, f"{exact.rstrip('/').rpartition('/')[0]}/"))
    return tries


def _of_pages(found: Found) -> dict[Address, Thing]:
    keys = set(found.pages.values())
    pages = Page.objects.in_bulk(keys)
    originals = Page.objects.filter(
        translation_key__in={page.translation_key for page in pages.values()}, locale_id=source_locale_id()
    )
    sources = {page.translation_key: page for page in originals}
    concerned = {key: sources.get(page.translation_key, page) for key, page in pages.items()}
    owners = _owners(concerned.values())
    numbers = {page.pk for page in concerned.values()}
    entries = dict(PublicationRecord.objects.filter(page__in=numbers).values_list("page", "entry"))
    industries = dict(IndustryPage.objects.filter(pk__in=numbers).values_list("pk", "industry"))
    made = {}
    for key, page in concerned.items():
        owner, industry = owners.get(page.pk, (None, None))
        industry = industries.get(page.pk, industry)
        made[key] = Thing(Subject.PAGE, page.pk, owner, entries.get(page.pk), industry)
    return {address: made[key] for address, key in found.pages.items() if key in made}


def _owners(pages: Iterable[Page]) -> dict[int, tuple[int, int | None]]:
    """Return the organisation each page belongs to, the nearest at or above it, and its industry. One query."""
    above = {page.pk: [page.path[:end] for end in range(len(page.path), 0, -STEP)] for page in pages}
    paths = {path for each in above.values() for path in each}
    rows = OrganisationPage.objects.filter(path__in=paths).values_list("path", "pk", "industry")
    known = {path: (pk, industry) for path, pk, industry in rows}
    return {
        key: next(known[path] for path in paths_up if path in known)
        for key, paths_up in above.items()
        if any(path in known for path in paths_up)
    }


def _of_items(found: Found) -> dict[Address, Thing]:
    by_code = ServiceItem.objects.filter(code__in=set(found.codes.values()), locale_id=source_locale_id())
    codes = {item.code: item for item in by_code}
    read = ServiceItem.objects.in_bulk(set(found.items.values()))
    keys = {item.translation_key for item in read.values()}
    sources = {
        item.translation_key: item
        for item in ServiceItem.objects.filter(translation_key__in=keys, locale_id=source_locale_id())
    }
    items = {address: codes.get(code) for address, code in found.codes.items()}
    items |= {
        address: sources.get(read[key].translation_key, read[key])
        for address, key in found.items.items()
        if key in read
    }
    return {
        address: Thing(Subject.ITEM, item.pk, item.provider_id, None, item.industry_id)
        for address, item in items.items()
        if item is not None
    }


def _of_entries(found: Found) -> dict[Address, Thing]:
    known = set(CatalogueEntry.objects.filter(pk__in=set(found.entries.values())).values_list("pk", flat=True))
    return {address: Thing(Subject.ENTRY, key, entry=key) for address, key in found.entries.items() if key in known}
