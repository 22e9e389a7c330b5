"""The screen of an organisation's people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.models import Appointment, Duty

from ..desk.tool import OrganisationToolView
from .forms import AppointForm
from .reach import organisation_to_staff
from .staff import ACTS, Appointed, appoint, change

if TYPE_CHECKING:
    from django.db.models import QuerySet


class PeopleView(OrganisationToolView):
    """Who is appointed here; appoint somebody."""

    template_name = "people/people.html"
    form_class = AppointForm
    page_title = gettext_lazy("人员")
    header_icon = "group"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask first."""
        self.organisation = organisation_to_staff(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AppointForm) -> HttpResponse:
        """Appoint; a first password is shown in this answer and nowhere else."""
        try:
            appointed = appoint(
                self.organisation, form.cleaned_data["duty"], form.cleaned_data["person"], self.request.user
            )
        except ValidationError as error:
            form.add_error("person", error)
            return self.form_invalid(form)
        words = {"person": appointed.appointment.user, "duty": appointed.appointment.get_duty_display()}
        messages.success(self.request, _("已任命%(person)s为%(duty)s。") % words)
        return self._shown(appointed) if appointed.password else redirect("people:people", self.organisation.pk)

    def _shown(self, appointed: Appointed) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=AppointForm(), appointed=appointed))
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the appointments, those in force first."""
        held = staff().filter(organisation=self.organisation.pk)
        ordered = sorted(held, key=lambda each: (is_over(each), each.duty, each.since))
        rows = [{"appointment": each, "is_over": is_over(each)} for each in ordered]
        return {**super().get_context_data(**kwargs), "organisation": self.organisation, "rows": rows}


def staff() -> QuerySet[Appointment]:
    """Return the appointments that are made here; auditors answer to auditors (cms.audit)."""
    return Appointment.objects.exclude(duty=Duty.AUDITOR).select_related("user")


def is_over(appointment: Appointment) -> bool:
    """Has it ended?"""
    return appointment.until is not None and appointment.until < timezone.localdate()


class ChangeView(View):
    """Suspend, resume or relieve."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
        """Do it, and return to the screen."""
        organisation = organisation_to_staff(request.user, pk)
        found = get_object_or_404(staff(), pk=appointment, organisation=pk)
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        try:
            change(found, act, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("%(person)s的任命已更新。") % {"person": found.user})
        return redirect("people:people", organisation.pk)
