"""Send what is stored; store what was rendered for the public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error, connection
from django.utils import timezone

from cms.api.urls import ENDPOINTS

from ..modes import ELDER, reads_large
from ..traditional import SCRIPT_PREFIX
from . import dependencies, lists, storing
from .at_hand import STORED
from .inside import FRESH
from .objects import subject_of
from .reading import Found, find
from .subjects import of_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

API = "/api/v2/"
LISTS = frozenset(f"{view.endpoint}/" for view in ENDPOINTS)
# Tools, files and lists of another make.
NEVER = (
    "/admin/",
    "/draft/",
    "/documents/",
    "/media/",
    "/static/",
    "/exports/",
    "/search/",
    "/mine/",
    "/proof/",
    "/report-error/",
    "/i/",
    "/healthz",
    "/readyz",
)
LONGEST = 700


class StoredReadMiddleware:
    """Stands outside of everything but the validators: what it sends was rendered by all that stands within."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Send the stored answer, or render one and keep it."""
        if not _is_for_everybody(request):
            return self.get_response(request)
        if _is_list(request):
            return self._list(request)
        place = _place(request)
        return self.get_response(request) if place is None else self._answer(request, *place)

    def _answer(self, request: HttpRequest, address: str, variant: str, is_page: bool) -> Any:
        try:
            found = find(address, variant, is_page=is_page)
        except Error:
            # The view says it in its own words, by another connection if this one was cut.
            connection.close_if_unusable_or_obsolete()
            return self.get_response(request)
        if found.answer is None:
            return self._render(request, address, variant, found)
        if _is_named(request):
            return self.get_response(request)
        request.META[STORED] = True
        if settings.EDGE_ROOT:
            storing.put_out((address, variant), found)
        return found.answer

    def _list(self, request: HttpRequest) -> Any:
        address = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
        if len(address) > lists.LONGEST or not lists.is_asked_again(address):
            return self.get_response(request)
        try:
            found = lists.find(address)
        except Error:
            connection.close_if_unusable_or_obsolete()
            return self.get_response(request)
        if found.answer is not None:
            request.META[STORED] = True
            return found.answer
        response = self.get_response(request)
        lists.keep(address, found, response)
        return response

    def _render(self, request: HttpRequest, address: str, variant: str, found: Found) -> Any:
        # As it came: what stands within takes prefixes off.
        environ, since = dict(request.META), timezone.now()
        may_keep = found.was_kept or (found.pk is not None and storing.is_quiet())
        response: Any = self.get_response(request)
        subject = of_request(request, response)
        if subject is None:
            return response
        grounds = subject.grounds(since)
        if may_keep and storing.store(address, variant, found, grounds, response):
            return response
        if not _is_unregistered(found, grounds):
            return response
        if not storing.register(address, variant, grounds, lambda: subject_of(subject)) or subject.is_page:
            return response
        # A copy elsewhere is exact only if what was rendered is what later changes will mark: render again.
        return self._again(WSGIRequest(environ), address)

    def _again(self, request: HttpRequest, address: str) -> Any:
        may_keep, since = storing.is_quiet(), timezone.now()
        found = find(address, "", is_page=False)
        response: Any = self.get_response(request)
        again = of_request(request, response)
        if may_keep and again is not None:
            storing.store(address, "", found, again.grounds(since), response)
        return response


def _is_unregistered(found: Found, grounds: dependencies.Grounds) -> bool:
    return found.pk is None or found.grounds != (grounds.path, grounds.lists, grounds.written)


def _is_for_everybody(request: HttpRequest) -> bool:
    """Could its answer be one that everybody gets?"""
    if not settings.STORED_READS or request.method not in {"GET", "HEAD"} or request.META.get(FRESH):
        return False
    if "\x00" in request.path_info:
        return False
    base = urlsplit(settings.BASE_URL)
    return (request.scheme, request.get_host()) == (base.scheme, base.netloc)


def _is_named(request: HttpRequest) -> bool:
    """Does it say who asks? The view looks at that; about a row it answers all the same, so that it can be kept."""
    return "HTTP_AUTHORIZATION" in request.META


def _is_list(request: HttpRequest) -> bool:
    path = request.path_info
    return not _is_named(request) and path.startswith(API) and path.removeprefix(API) in LISTS


def _place(request: HttpRequest) -> tuple[str, str, bool] | None:
    """Return under which address and in which variant an answer would be stored; None for what never is."""
    path = request.path_info
    inner = path.removeprefix(SCRIPT_PREFIX).removeprefix("/en")
    if request.META.get("QUERY_STRING") or inner.startswith(NEVER) or len(path) > LONGEST:
        return None
    is_page = not inner.startswith("/api/")
    if _is_named(request) if is_page else not _is_row(inner):
        return None
    return path, ELDER if is_page and reads_large(request) else "", is_page


def _is_row(inner: str) -> bool:
    parts = inner.removeprefix(API).split("/")
    return inner.startswith(API) and len(parts) == 3 and parts[1].isdecimal() and not parts[2]
