"""The site map for machines: an index, and files cut by the pages' ids: none needs to count or skip a million."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Max, OuterRef, Q, Subquery
from wagtail.models import Page, Site

from pages.identity import source_locale_id
from pages.models import OrganisationPage, ServiceIndexPage
from pages.presentation import reads
from pages.presentation.places import places
from snippets.models import ServiceItem

from .languages import ENGLISH, PREFIX
from .traditional import SCRIPT_PREFIX

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

# With three addresses each, well below the 50 MB and 50,000 addresses that a file may have.
PER_FILE = 5_000
SECTION = "sitemap_section"
Row = dict[str, Any]


class IdRanges:
    """Pages of a list cut by id: what Django's paginator is to a site map, without counting."""

    def __init__(self, found: QuerySet[Any], size: int) -> None:
        self.found, self.size = found, size

    @property
    def num_pages(self) -> int:
        """Return the number of files."""
        last = self.found.order_by().aggregate(last=Max("pk"))["last"] or 0
        return int(last) // self.size + 1

    def page(self, number: Any) -> QuerySet[Any]:
        """Return the rows of a file."""
        try:
            start = (int(number) - 1) * self.size
        except ValueError:
            raise PageNotAnInteger from None
        if not 0 <= start < self.num_pages * self.size:
            raise EmptyPage
        return self.found.filter(pk__gte=start, pk__lt=start + self.size).order_by("pk")


class Pages(Sitemap):
    """All public pages, in the languages they have."""

    model: type[Page] = Page
    behind = ""
    # Every generated page speaks English; a written one only where it is translated.
    always_in_english = False

    def __init__(self, request: HttpRequest) -> None:
        self.site = Site.find_for_request(request)
        roots = [root for root in Site.get_site_root_paths() if self.site and root.site_id == self.site.pk]
        self.roots = {root.language_code: len(root.root_path) for root in roots}

    @property
    def paginator(self) -> IdRanges:  # type: ignore[override]
        """Cut the list into files."""
        return IdRanges(self.items(), PER_FILE)

    def items(self) -> QuerySet[Any]:
        """Return the addresses of the source pages, each with its translation's."""
        if self.site is None:
            return self.model.objects.none()
        english = Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=ENGLISH, live=True, alias_of=None
        )
        found = self.model.objects.live().public().descendant_of(self.site.root_page, inclusive=True)
        return (
            found.filter(locale_id=source_locale_id())
            .annotate(english=Subquery(english.values("url_path")[:1]))
            .values_list("url_path", "english", "last_published_at", named=True)
        )

    def get_latest_lastmod(self) -> None:
        """Say nothing of it in the index: it would mean reading every row."""
        return

    def _urls(self, page: Any, protocol: str, domain: str) -> list[Row]:
        return [self._row(found, f"{protocol}://{domain}") for found in self.paginator.page(page)]

    def _row(self, found: Any, host: str) -> Row:
        chinese = f"/{found.url_path[self.roots['zh-hans'] :]}{self.behind}"
        languages = {"zh-Hans": chinese, "zh-Hant": f"{SCRIPT_PREFIX}{chinese}"}
        if found.english and ENGLISH in self.roots:
            languages[ENGLISH] = f"{PREFIX}/{found.english[self.roots[ENGLISH] :]}{self.behind}"
        elif self.always_in_english:
            languages[ENGLISH] = f"{PREFIX}{chinese}"
        return _row(host, languages, found.last_published_at)


class Catalogues(Pages):
    """The catalogue of each organisation."""

    model = OrganisationPage
    behind = "catalogue/"
    always_in_english = True


class Services(Sitemap):
    """The guides to service items."""

    def __init__(self, request: HttpRequest) -> None:
        hall = places(request).first(ServiceIndexPage)
        parts = hall.get_url_parts(request) if hall else None
        self.hall = parts[2].removeprefix(SCRIPT_PREFIX) if parts else ""

    @property
    def paginator(self) -> IdRanges:  # type: ignore[override]
        """Cut the list into files."""
        return IdRanges(self.items(), PER_FILE)

    def items(self) -> Any:
        """Return the codes of the live items."""
        if not self.hall:
            return ServiceItem.objects.none()
        return reads.service_items(Q()).values_list("code", "last_published_at", named=True)

    def get_latest_lastmod(self) -> None:
        """Say nothing of it in the index."""
        return

    def _urls(self, page: Any, protocol: str, domain: str) -> list[Row]:
        return [self._row(item, f"{protocol}://{domain}") for item in self.paginator.page(page)]

    def _row(self, item: Any, host: str) -> Row:
        path = f"{self.hall}{item.code}/"
        languages = {"zh-Hans": path, "zh-Hant": f"{SCRIPT_PREFIX}{path}", ENGLISH: f"{PREFIX}{path}"}
        return _row(host, languages, item.last_published_at)


def _row(host: str, languages: dict[str, str], lastmod: Any) -> Row:
    return {
        "location": f"{host}{languages['zh-Hans']}",
        "lastmod": lastmod,
        "alternates": [{"location": f"{host}{path}", "lang_code": lang} for lang, path in languages.items()],
    }


def _sections(request: HttpRequest) -> dict[str, type[Sitemap] | Sitemap]:
    return {"pages": Pages(request), "catalogues": Catalogues(request), "services": Services(request)}


def index(request: HttpRequest) -> HttpResponse:
    """Serve the index of all files."""
    return views.index(request, _sections(request), sitemap_url_name=SECTION)


def section(request: HttpRequest, section: str) -> HttpResponse:
    """Serve one file (`?p=2`)."""
    return views.sitemap(request, _sections(request), section=section)
