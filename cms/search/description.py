"""The OpenSearch description (1.1, draft 6): by it browsers and sister portals learn how to ask this site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from snippets.models import PortalSettings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/opensearchdescription+xml"


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Describe the search of this site in the language of the address."""
    site = Site.find_for_request(request)
    settings = PortalSettings.shown_on(site) if site else PortalSettings()
    language = get_language() or ""
    is_english = language.startswith("en")
    name = settings.site_name_en if is_english else settings.site_name
    here = request.build_absolute_uri
    context = {
        "name": name,
        "description": _("在“%(name)s”中查找") % {"name": name},
        "language": language,
        "icon": here(static("favicon.svg")),
        "results": here(reverse("search")),
        # For programs: docs/api.md.
        "rows": here(f"{reverse('api_v2:pages:listing')}?{'locale=en&' if is_english else ''}"),
        "itself": here(reverse("opensearch")),
    }
    return render(request, "search/opensearch.xml", context, content_type=f"{MEDIA_TYPE}; charset=utf-8")
