"""Appointments: what is free, take it, give it back by its number. Nothing of them is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from snippets.inputs import InputsForm

from .asking import SilentError, ask
from .case import answer, silent
from .query import tell
from .replies import IDENTIFIER, BadReplyError, identifier, read_booked, read_slots, refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from .case import Case

PAGE = "connectors/appointment.html"


@sensitive_variables("form")
def serve_appointment(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what is free; book, or cancel."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = InputsForm(case.asking, request.POST if act == "book" else None)
    try:
        if act == "cancel":
            return _cancel(request, case)
        slot = request.POST.get("slot", "")[:IDENTIFIER] if act == "book" else ""
        if act == "book" and form.is_valid() and slot:
            return _book(case, form, slot)
        problem = _("请选一个时段。") if act == "book" and not slot else ""
        return _slots(case, form, 400 if act == "book" else 200, problem=problem, slot=slot)
    except SilentError:
        return silent(case, {})


def _slots(case: Case, form: InputsForm, status: int = 200, **told: Any) -> HttpResponse:
    found = read_slots(ask(case.connection(), "slots", {"service": case.source.code}))
    context = {"form": form, "slots": found, "is_wrong": status != 200, "is_sandbox": case.connection().is_sandbox}
    return answer(case, PAGE, {**context, **told}, status)


@sensitive_variables("form", "question", "reply")
def _book(case: Case, form: InputsForm, slot: str) -> HttpResponse:
    question = {"service": case.source.code, "slot": slot, "inputs": form.cleaned_data}
    reply = ask(case.connection(), "book", question)
    if reply.get("status") == "rejected":
        found = refused(reply)
        tell(form, found)
        return _slots(case, form, 409, problem=found.message)
    if reply.get("status") != "ok":
        raise BadReplyError("status")
    told = {"number": identifier(reply, "number"), "message": str(reply.get("message", ""))[:200]}
    return answer(case, PAGE, {**told, "booked": read_booked(reply), "is_sandbox": case.connection().is_sandbox})


def _cancel(request: HttpRequest, case: Case) -> HttpResponse:
    number = request.POST.get("number", "").replace("\x00", "").strip()[:IDENTIFIER]
    if not number:
        return _slots(case, InputsForm(case.asking), 400, problem=_("请填预约号。"))
    reply = ask(case.connection(), "cancel", {"service": case.source.code, "number": number})
    if reply.get("status") != "ok":
        told = str(reply.get("message") or _("没有这个预约号。"))[:200]
        return _slots(case, InputsForm(case.asking), 422, problem=told)
    return answer(case, PAGE, {"is_cancelled": True, "is_sandbox": case.connection().is_sandbox})
