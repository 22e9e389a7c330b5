"""The addresses of the API. Everything under /api/ answers in JSON, also when there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, path, re_path, resolve
from django.views.decorators.csrf import csrf_exempt
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import errors, problems
from .cors import readable_from_elsewhere
from .documentation import ApiDocumentation, Description, Root
from .endpoints.catalogue import CatalogueAPIViewSet
from .endpoints.disclosures import DisclosuresAPIViewSet
from .endpoints.documents import DocumentsAPIViewSet
from .endpoints.images import ImagesAPIViewSet
from .endpoints.industries import IndustriesAPIViewSet
from .endpoints.menus import MenusAPIViewSet
from .endpoints.notices import NoticesAPIViewSet
from .endpoints.organisations import OrganisationsAPIViewSet
from .endpoints.pages import PagesAPIViewSet
from .endpoints.redirects import RedirectsAPIViewSet
from .endpoints.service_items import ServiceItemsAPIViewSet
from .endpoints.sites import SitesAPIViewSet
from .writing import urls as writing
from .writing.preview import PreviewView

NAMESPACE = "api_v2"

router = WagtailAPIRouter(NAMESPACE)
# The first endpoint that fits a page's type gives its address: `pages` fits every page, and comes last.
ENDPOINTS = (
    OrganisationsAPIViewSet,
    DisclosuresAPIViewSet,
    NoticesAPIViewSet,
    ServiceItemsAPIViewSet,
    IndustriesAPIViewSet,
    CatalogueAPIViewSet,
    ImagesAPIViewSet,
    DocumentsAPIViewSet,
    SitesAPIViewSet,
    MenusAPIViewSet,
    RedirectsAPIViewSet,
    PagesAPIViewSet,
)
for view in ENDPOINTS:
    router.register_endpoint(view.endpoint, view)


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer 404; lead to the same address with a slash where only that was missing."""
    if not rest.endswith("/") and _is_served(f"{request.path_info}/") and request.method in {"GET", "HEAD"}:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    return errors.no_such_address(request)


def _is_served(address: str) -> bool:
    try:
        return resolve(address).func is not nothing
    except Resolver404:
        return False


nothing = readable_from_elsewhere(nothing_here)

patterns = [
    *writing.urlpatterns,
    path("v2/preview/", PreviewView.as_view(router=router), name="api_preview"),
    path("v2/", Root.as_view(router=router), name="api_root"),
    path("v2/openapi.json", Description.as_view(), name="api_schema"),
    path("v2/", router.urls),
    path("docs/problems/", problems.explained, name="api_problems"),
    path("docs/", ApiDocumentation.as_view(), name="api_docs"),
]
urlpatterns = [*decorate_urlpatterns(patterns, readable_from_elsewhere), re_path(r"^(?P<rest>.*)$", nothing)]
