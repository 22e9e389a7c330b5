"""The guide to a service item, as a route of the service hall. What it serves registers itself later."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from django.http import Http404
from wagtail.contrib.routable_page.models import path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@singledispatch
def serve_item(page: Any, request: HttpRequest, code: str) -> HttpResponse:
    """Serve the guide to the item of a code."""
    raise Http404


class ServiceRoutesMixin:
    """The guides at `<code>/`."""

    @path("<slug:code>/", name="item")
    def item(self, request: HttpRequest, code: str) -> HttpResponse:
        """Serve a guide."""
        return serve_item(self, request, code)
