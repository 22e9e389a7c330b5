"""What every public page shows around its content: masthead, navigation, footer, languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from pages.models import (
    CityPortalPage,
    DisclosurePage,
    IndustryPage,
    NoticeIndexPage,
    NoticePage,
    PublicationRecord,
    RosterEntry,
    RosterState,
    ServiceIndexPage,
    StandardPageKind,
    UnitPage,
)
from pages.presentation import Reader
from pages.presentation.places import Places, places
from snippets.models import PortalSettings

from .alerts.showing import alerts_on
from .delivery.languages import Languages
from .delivery.modes import reads_large

if TYPE_CHECKING:
    from django.http import HttpRequest

FIGURES_SECONDS = 60
# What the navigation counts a page to, beside the pages it leads to.
SECTIONS: dict[type[Page], type[Page]] = {
    UnitPage: IndustryPage,
    DisclosurePage: IndustryPage,
    NoticePage: NoticeIndexPage,
}


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give templates what the frame shows, worked out only when something shows it (the admin never does)."""
    languages = Languages(request)
    return {
        "portal": SimpleLazyObject(lambda: _portal(request, languages)),
        "alternates": SimpleLazyObject(languages.alternates),
        "canonical": SimpleLazyObject(languages.canonical),
    }


def _portal(request: HttpRequest, languages: Languages) -> dict[str, Any]:
    """Gather the frame: at most nine queries, two of them once a minute; some more while there is an emergency."""
    site, found, reader = Site.find_for_request(request), places(request), Reader(request)
    portal = PortalSettings.shown_on(site) if site else PortalSettings()
    home_url = reader.url(found.home) if found.home else "/"
    # What changes with each publication and each day stands on the front page alone.
    is_home = languages.page is not None and issubclass(languages.page.specific_class or Page, CityPortalPage)
    return {
        "settings": portal,
        "site_name": portal.site_name_en if languages.english else portal.site_name,
        "site_subtitle": portal.site_subtitle_en if languages.english else portal.site_subtitle,
        "home_url": home_url,
        "search_url": reverse("search"),
        "nav": _nav(request, languages.page, found, home_url),
        "languages": languages.switch(),
        "today": timezone.localdate() if is_home else None,
        "figures": _figures() if is_home else {},
        "footer_links": _footer_links(found, reader, home_url),
        "alerts": alerts_on(languages.page, reader),
        "alerts_url": reader.url(notices) if (notices := found.first(NoticeIndexPage)) else "",
        "report_url": f"{reverse('report_error')}?{urlencode({'page': request.path_info})}",
        "elder": reads_large(request),
        "html_lang": languages.current,
    }


def _nav(request: HttpRequest, page: Page | None, found: Places, home_url: str) -> list[dict[str, Any]]:
    """Return the main sections that there are; the one this page belongs to is current."""
    here, asked = _section(page), request.get_full_path()
    # Pages of the system's own are no pages of Wagtail's: their address tells.
    addresses = (f"{home_url}roster/", reverse("map"))

    def is_current(each: Section) -> bool:
        if each.model is not None:
            return each.model is here
        return each.url in addresses and asked.startswith(each.url)

    return [
        {"title": each.title, "url": each.url, "current": is_current(each)}
        for each in main_menu(found, Reader(request), home_url)
    ]


@dataclass(frozen=True)
class Section:
    """An item of the main menu, and the page it leads to, if it is one; `model`: what stands below it."""

    title: str
    url: str
    page: Page | None = None
    model: type[Page] | None = None


def main_menu(found: Places, reader: Reader, home_url: str) -> list[Section]:
    """Return the main sections that there are, the roster last."""
    sections = [Section(_("行业"), f"{home_url}#industries", model=IndustryPage)]
    for model, title in ((ServiceIndexPage, _("办事")), (NoticeIndexPage, _("公告"))):
        if listing := found.first(model):
            sections.append(Section(title, reader.url(listing), listing, model))
    return [*sections, Section(_("地图"), reverse("map")), Section(_("名录"), f"{home_url}roster/")]


def _section(page: Page | None) -> type[Page] | None:
    if page is None:
        return None
    return next((section for model, section in SECTIONS.items() if isinstance(page, model)), type(page))


def _figures() -> dict[str, int]:
    def count() -> dict[str, int]:
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return {
            "published_today": PublicationRecord.objects.filter(first_published_at__gte=today).count(),
            "organisations": RosterEntry.objects.filter(state=RosterState.INCLUDED).count(),
        }

    # The front page is kept itself: what it is made of must be of this moment.
    if settings.STORED_READS:
        return count()
    return cache.get_or_set("portal-figures", count, FIGURES_SECONDS) or {}


def _footer_links(found: Places, reader: Reader, home_url: str) -> list[dict[str, Any]]:
    """Return the first standard page of each kind, then what the system makes itself."""
    return [*map(reader.link, standard_pages(found, reader)), *made_by_the_system(home_url)]


def standard_pages(found: Places, reader: Reader) -> list[Page]:
    """Return the first standard page of each kind, in the reader's language where it is translated."""
    first: dict[str, Page] = {}
    for page in found.standard:
        first.setdefault(page.kind, page)
    shown = reader.translated(first.values())
    return [shown[first[kind].pk] for kind in StandardPageKind.values if kind in first]


def made_by_the_system(home_url: str) -> list[dict[str, Any]]:
    """Return the links of the footer that lead to no page."""
    return [
        {"title": _("收录单位名录"), "url": f"{home_url}roster/"},
        {"title": _("站点地图"), "url": reverse("site_map")},
        {"title": _("数据接口"), "url": reverse("api_docs")},
        {"title": _("数据下载"), "url": reverse("exports")},
    ]
