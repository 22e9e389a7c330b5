"""The generated pages of organisations and industries, and their downloads, as routes.

The routes stand on the page classes; what they serve registers itself later (`pages.presentation`), because it reads
the models that these classes make up.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail.contrib.routable_page.models import path, re_path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

# A route ends in a slash also where the address is that of a file: Wagtail puts one behind the last part.
FILE_TYPE = r"(?P<file_type>csv|xlsx)/$"


@singledispatch
def serve_catalogue(page: Any, request: HttpRequest, file_type: str) -> HttpResponseBase:
    """Serve the catalogue of an organisation or industry: as a page where `file_type` is empty, else as a file."""
    raise Http404


@singledispatch
def serve_roster(page: Any, request: HttpRequest, file_type: str) -> HttpResponseBase:
    """Serve the roster of all organisations: as a page where `file_type` is empty, else as a file."""
    raise Http404


class CatalogueRoutesMixin:
    """The public catalogue (公开目录) at `catalogue/`, `catalogue.csv` and `catalogue.xlsx`."""

    @path("catalogue/", name="catalogue")
    def catalogue(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the catalogue as a page."""
        return serve_catalogue(self, request, "")

    @re_path(rf"^catalogue\.{FILE_TYPE}", name="catalogue_file")
    def catalogue_file(self, request: HttpRequest, file_type: str) -> HttpResponseBase:
        """Serve the catalogue as a file."""
        return serve_catalogue(self, request, file_type)


class IndustryCatalogueRoutesMixin(CatalogueRoutesMixin):
    """The same for an industry: who has what, who owes what."""


class RosterRoutesMixin:
    """The public roster (名录) at `roster/`, `roster.csv` and `roster.xlsx`."""

    @path("roster/", name="roster")
    def roster_page(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the roster as a page."""
        return serve_roster(self, request, "")

    @re_path(rf"^roster\.{FILE_TYPE}", name="roster_file")
    def roster_file(self, request: HttpRequest, file_type: str) -> HttpResponseBase:
        """Serve the roster as a file."""
        return serve_roster(self, request, file_type)
