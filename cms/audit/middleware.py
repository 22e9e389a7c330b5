"""What only the answer shows: somebody was refused, or carried a table away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from ledger.events import Subject, record
from ledger.models import Result
from ledger.origin import origin

from .refusals import refusal_of, worth_recording

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PATH_LENGTH = 500
# Files of one's own, one by one: reading them is no export.
NOT_EXPORTS = ("/documents/", "/media/")


class AuditMiddleware:
    """Record refusals and exports of people who have signed in. One query, in these two cases only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, then look at the answer."""
        response = self.get_response(request)
        refusal = refusal_of(request, response)
        if refusal and is_somebody(request):
            if kind := worth_recording(request, refusal):
                _record(request, kind, result=Result.REFUSED)
        elif is_export(request, response) and is_somebody(request) and not is_told():
            _record(request, "export.downloaded", file=response.get("Content-Disposition", "")[:PATH_LENGTH])
        return response


def is_somebody(request: HttpRequest) -> bool:
    """Has the person signed in? Of the public not even the session is asked for: it would make the answer personal."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and bool(request.user.is_authenticated)


def is_told() -> bool:
    """Has the view recorded the export itself, knowing more of it?"""
    return any(kind.startswith("export.") for kind in origin().kinds)


def is_export(request: HttpRequest, response: HttpResponse) -> bool:
    """Is the answer a file to keep: a table, a sheet of the admin?"""
    disposition = response.get("Content-Disposition", "")
    is_file = response.status_code == 200 and disposition.startswith("attachment")
    return is_file and not request.path.startswith(NOT_EXPORTS)


def _record(request: HttpRequest, kind: str, **facts: Any) -> None:
    address = Subject("", "", request.path)
    record(kind, address, method=request.method, query=request.META.get("QUERY_STRING", "")[:PATH_LENGTH], **facts)
