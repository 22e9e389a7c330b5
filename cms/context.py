"""What every public page shows around its content: masthead, navigation, footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Site

from pages.models import (
    CityPortalPage,
    NoticeIndexPage,
    PublicationRecord,
    RosterEntry,
    RosterState,
    ServiceIndexPage,
    StandardPage,
)
from snippets.models import PortalSettings

from .delivery.traditional import SCRIPT_PREFIX, is_traditional

if TYPE_CHECKING:
    from django.http import HttpRequest

FIGURES_SECONDS = 60


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give templates `portal`, worked out only when something shows it (the admin never does)."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request: HttpRequest) -> dict[str, Any]:
    site = Site.find_for_request(request)
    home = _home(site)
    settings = PortalSettings.for_request(request) if site else PortalSettings()
    english = (translation.get_language() or "").startswith("en")
    return {
        "settings": settings,
        "site_name": settings.site_name_en if english else settings.site_name,
        "site_subtitle": settings.site_subtitle_en if english else settings.site_subtitle,
        "home": home,
        "home_url": home.get_url(request) if home else "/",
        "search_url": reverse("search"),
        "nav": _nav(request, home),
        "languages": _languages(request),
        "today": timezone.localdate(),
        "figures": _figures(),
        "footer_links": _footer_links(request, home),
        "elder": request.GET.get("mode") == "elder",
        "html_lang": "en" if english else ("zh-Hant" if is_traditional(request) else "zh-Hans"),
    }


def _home(site: Site | None) -> CityPortalPage | None:
    if site is None:
        return None
    return CityPortalPage.objects.filter(pk=site.root_page.localized.pk).first()


def _nav(request: HttpRequest, home: CityPortalPage | None) -> list[dict[str, Any]]:
    if home is None:
        return []
    base = home.get_url(request)
    items = [(_("行业"), f"{base}#industries")]
    for title, model in ((_("办事"), ServiceIndexPage), (_("公告"), NoticeIndexPage)):
        page = model.objects.child_of(home).live().first()
        if page:
            items.append((title, page.get_url(request)))
    items.append((_("名录"), f"{base}roster/"))
    here = get_script_prefix().rstrip("/") + request.path_info
    return [{"title": title, "url": url, "current": here == url} for title, url in items]


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the three languages with the address of this page in each.

    A translated page overrides these with its real translations (`alternates` of its context).
    """
    path = request.path_info
    english = (translation.get_language() or "").startswith("en")
    plain = path.removeprefix("/en") if english else path
    traditional = is_traditional(request)
    return [
        {"code": "zh-hans", "lang": "zh-Hans", "label": "简体", "url": plain, "current": not english and not traditional},
        {"code": "zh-hant", "lang": "zh-Hant", "label": "繁體", "url": f"{SCRIPT_PREFIX}{plain}", "current": traditional},
        {"code": "en", "lang": "en", "label": "English", "url": f"/en{plain}", "current": english},
    ]


def _figures() -> dict[str, int]:
    def count() -> dict[str, int]:
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return {
            "published_today": PublicationRecord.objects.filter(first_published_at__gte=today).count(),
            "organisations": RosterEntry.objects.filter(state=RosterState.INCLUDED).count(),
        }

    return cache.get_or_set("portal-figures", count, FIGURES_SECONDS) or {}


def _footer_links(request: HttpRequest, home: CityPortalPage | None) -> list[dict[str, str]]:
    if home is None:
        return []
    pages = StandardPage.objects.child_of(home).live().order_by("path")
    links = [{"title": page.title, "url": page.get_url(request)} for page in pages]
    base = home.get_url(request)
    return [
        *links,
        {"title": _("收录单位名录"), "url": f"{base}roster/"},
        {"title": _("站点地图"), "url": reverse("site_map")},
        {"title": _("数据接口"), "url": reverse("api_docs")},
    ]
