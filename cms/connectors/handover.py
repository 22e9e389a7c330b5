"""Signed hand-over: a reader is led to his provider with a token, and back; how it stands is asked, or told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ledger.outbox import absolute

from .asking import SilentError, ask
from .case import answer, case_of, silent, unkept
from .models import HandOver
from .notified import RefusedError
from .operations import HANDOVER
from .payments import onward
from .replies import BadReplyError, identifier
from .returning import signed_return
from .standing import ENDS, settle_handover

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from .case import Case

PAGE = "connectors/handover.html"


def serve_handover(request: HttpRequest, case: Case) -> HttpResponse:
    """Show where one is led; lead there."""
    if request.method != "POST":
        return answer(case, PAGE, {})
    try:
        return unkept(HttpResponseRedirect(_led(request, case), status=303))
    except SilentError:
        return silent(case, {})


def _led(request: HttpRequest, case: Case) -> str:
    """Return the provider's address for one visit. Raises SilentError."""
    connection = case.connection()
    made = HandOver.objects.create(connection=connection, code=case.source.code)
    question = {
        "state": made.token,
        "service": made.code,
        "language": get_language(),
        "return_url": request.build_absolute_uri(reverse("service_standing", args=[made.code, made.token])),
        "notify_url": absolute(reverse("provider_notify", args=[connection.key])),
    }
    reply = ask(connection, HANDOVER, question)
    address = onward(connection, reply.get("url"))
    HandOver.objects.filter(pk=made.pk).update(reference=identifier(reply, "reference"))
    return address


@require_safe
def standing(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Show how it stands, of which the provider is asked; what a browser brings back is checked and never believed."""
    case = case_of(request, code)
    rows = HandOver.objects.filter(token=token, code=code).select_related("connection__organisation")
    if (made := rows.first()) is None:
        raise Http404
    context: dict[str, Any] = {"is_sandbox": made.connection.is_sandbox}
    status = 200
    try:
        _look_up(made)
    except SilentError:
        context["is_silent"], status = True, 503
    if "signature" in request.GET:
        try:
            signed_return(request, made.connection, token)
        except RefusedError as refused:
            context["warning"], status = refused.sentence, refused.status
        else:
            return unkept(HttpResponseRedirect(reverse("service_standing", args=[code, token]), status=303))
    made.refresh_from_db(fields=["state", "changed_at", "reference"])
    return answer(case, PAGE, {**context, "made": made}, status)


def _look_up(made: HandOver) -> None:
    if made.state in ENDS:
        return
    reply = ask(made.connection, "handover-status", {"state": made.token})
    if reply.get("state") != made.token or not isinstance(reply.get("status"), str):
        raise BadReplyError("state")
    settle_handover(token=made.token, connection=made.connection, state=reply["status"])
