"""The front page of the API, its description and its documentation, all served by ourselves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerView
from rest_framework.response import Response

from blocks.links import absolute_url

from . import errors
from .parameters import read_query
from .views import Anonymous

if TYPE_CHECKING:
    from rest_framework.request import Request
    from wagtail.api.v2.router import WagtailAPIRouter


class Root(Anonymous):
    """Names the endpoints and the documentation."""

    schema = None
    router: WagtailAPIRouter | None = None

    def get(self, request: Request) -> Response:
        """Answer where to read on."""
        read_query(request.META.get("QUERY_STRING", ""), known=())
        context = {"request": request}
        names = self.router._endpoints if self.router else ()
        namespace = self.router.url_namespace if self.router else ""
        endpoints = {name: absolute_url(reverse(f"{namespace}:{name}:listing"), context) for name in names}
        described = {"openapi": reverse("api_schema"), "documentation": reverse("api_docs")}
        return Response({"endpoints": endpoints} | {key: absolute_url(url, context) for key, url in described.items()})


class Description(Anonymous):
    """The OpenAPI description."""

    schema = None

    def get(self, request: Request) -> Response:
        """Answer the description, made once for each process and language."""
        read_query(request.META.get("QUERY_STRING", ""), known=())
        return Response(description(translation.get_language() or ""))


@cache
def description(language: str) -> dict[str, Any]:
    """Return the OpenAPI description. It depends on what is installed, not on the database."""
    found: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return found


class ApiDocumentation(SpectacularSwaggerView):
    """The description, to browse and to try."""

    url_name = "api_schema"
    authentication_classes: list[Any] = []

    def handle_exception(self, error: Exception) -> Any:
        """Answer as the rest of the API does."""
        answer = errors.answer(error, self.request._request)
        return super().handle_exception(error) if answer is None else answer
