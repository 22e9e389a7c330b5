"""The address from which a form's script fetches its task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .task import new_task

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def task(request: HttpRequest) -> JsonResponse:
    """Answer a new task; nothing is kept of it."""
    response = JsonResponse(new_task())
    response["Cache-Control"] = "no-store"
    return response
