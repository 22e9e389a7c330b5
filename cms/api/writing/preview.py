"""Read one draft by a preview token, in the shape of the public detail."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from ledger.events import record
from ledger.origin import origin

from .. import problems
from ..endpoints.disclosures import DisclosuresAPIViewSet
from ..endpoints.notices import NoticesAPIViewSet
from ..endpoints.service_items import ServiceItemsAPIViewSet
from ..parameters import read_query
from ..views import Anonymous
from .preview_tokens import MINUTES, read_preview_token
from .refusals import Refused

if TYPE_CHECKING:
    from rest_framework.request import Request

ENDPOINTS: dict[str, Any] = {
    each.endpoint: each for each in (DisclosuresAPIViewSet, NoticesAPIViewSet, ServiceItemsAPIViewSet)
}


def _is_first(token: str) -> bool:
    """Is it read for the first time from this address? A front end asks for each draft again and again."""
    read = f"{token} {origin().address}"
    return cache.add(f"preview-read:{sha256(read.encode()).hexdigest()}", 1, MINUTES * 60)


class PreviewView(Anonymous):
    """For a headless front end: needs no other token, and is kept by nobody."""

    schema = None
    router: Any = None

    def get(self, request: Request) -> Any:
        """Answer the draft as the public would read it."""
        asked = read_query(request.META.get("QUERY_STRING", ""), known=("token",))
        preview = read_preview_token(asked.get("token", ""))
        request._request.wagtailapi_router = self.router  # type: ignore[attr-defined]
        view = ENDPOINTS[preview.kind.name]()
        view.request, view.action, view.kwargs, view.format_kwarg = request, "detail_view", {}, None
        if _is_first(asked["token"]):
            record("preview.read", preview.subject)
        # In this answer alone, and never stored: shown as it will be.
        preview.subject.live = True
        return view.answer_row(preview.subject)

    def handle_exception(self, error: Exception) -> Any:
        """Answer in our own words."""
        if isinstance(error, Refused):
            return problems.answer(self.request._request, error.problem, error.detail, **error.more)
        return super().handle_exception(error)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A draft is nobody else's business."""
        self.headers["Cache-Control"] = "no-store"
        return super().finalize_response(request, response, *args, **kwargs)
