"""Refusing to delete, in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request

from pages.deletion import refusal_to_delete

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def refuse(request: HttpRequest, pages: list[Any]) -> HttpResponse | None:
    """Tell why the first of these pages that must stay stays, and lead back; None when all may go."""
    for page in pages:
        if reason := refusal_to_delete(page):
            messages.error(request, reason)
            back = get_valid_next_url_from_request(request)
            return HttpResponseRedirect(back or reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None
