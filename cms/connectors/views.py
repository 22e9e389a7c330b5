"""The page where a service is done: its connector answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .case import answer, case_of, is_from_elsewhere, may_ask, unkept

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

read_and_sent = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@read_and_sent
@sensitive_post_parameters()
def do(request: HttpRequest, code: str) -> HttpResponse:
    """Let the connector of an item answer."""
    case = case_of(request, code)
    if request.method == "POST":
        if is_from_elsewhere(request):
            return answer(case, "connectors/refused.html", {"reason": "elsewhere"}, 403)
        if not may_ask(request, "do", settings.CONNECTOR_ASKS_PER_CLIENT):
            return answer(case, "connectors/refused.html", {"reason": "often"}, 429)
    serve = case.source.connects.serve
    assert serve is not None  # noqa: S101 (case_of)
    return unkept(serve(request, case))
