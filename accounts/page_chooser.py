"""What a person may choose from among the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.models import Page
from wagtail.permissions import policy_registry

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def offered(pages: Any, user: Any) -> Any:
    """Keep what is public or within reach: drafts of other organisations are nobody's business, not even by title."""
    if user.is_superuser:
        return pages
    return pages.filter(Q(live=True) | policy_registry.get_by_type(Page).explorable(user))


class ChosenOfferedView(ChosenMultipleView):
    """Wagtail answers with title and address of any page whose number is asked for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer for what is offered."""
        asked = [number for number in request.GET.getlist("id") if number.isdecimal() and len(number) < 19]
        found = offered(Page.objects.filter(pk__in=asked), request.user)
        narrowed = request.GET.copy()
        narrowed.setlist("id", [str(pk) for pk in found.values_list("pk", flat=True)])
        request.GET = narrowed  # type: ignore[assignment]
        response: HttpResponse = super().get(request)
        return response
