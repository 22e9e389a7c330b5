"""Leave: one's own, and that of somebody below."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import Appointment, Leave
from pages.models import OrganisationPage

from ..reach import may_appoint_at
from ..subtree import person_to_manage
from .forms import LeaveForm
from .service import end_leave, may_set, set_leave


def organisations_of(person: Any) -> list[Any]:
    """Return the organisations where a person is appointed, on leave or not."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(user=person)
    return list(OrganisationPage.objects.filter(pk__in=held.values("organisation")).order_by("path").specific())


class LeaveView(WagtailAdminTemplateMixin, FormView):
    """My leave, and whom I stand in for."""

    template_name = "people/leave.html"
    form_class = LeaveForm
    page_title = gettext_lazy("请假与代理")
    header_icon = "date"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Find whose leave it is, and where he works."""
        self.person = self.find_person()
        self.organisations = organisations_of(self.person)
        return super().dispatch(request, *args, **kwargs)

    def find_person(self) -> Any:
        """Return who is signed in."""
        return self.request.user

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who, and where."""
        return {**super().get_form_kwargs(), "person": self.person, "organisations": self.organisations}

    def form_valid(self, form: LeaveForm) -> HttpResponse:
        """Set it."""
        cleaned = form.cleaned_data
        if not may_set(self.request.user, self.person, cleaned["organisation"]):
            raise PermissionDenied
        organisation = cleaned["organisation"].specific
        days = (cleaned["since"], cleaned["until"])
        try:
            set_leave(
                user=self.person, organisation=organisation, deputy=cleaned["deputy"], days=days, by=self.request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记，到期自动结束。"))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the leaves of today and to come."""
        current = Leave.objects.filter(until__gte=timezone.localdate()).order_by("since", "pk")
        current = current.select_related("user", "deputy", "organisation")
        return super().get_context_data(
            **kwargs,
            person=self.person,
            is_own=self.person == self.request.user,
            organisations=self.organisations,
            leaves=current.filter(user=self.person),
            deputising=current.filter(deputy=self.person),
            today=timezone.localdate(),
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class LeaveOfView(LeaveView):
    """The leave of somebody below, set by the administrator: administering passes, too."""

    def find_person(self) -> Any:
        """Return who is below."""
        return person_to_manage(self.request.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Name whose it is."""
        return _("请假与代理 · %(person)s") % {"person": self.person}


class EndLeaveView(View):
    """End a leave early."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it, and return to the list it stands in."""
        leave = get_object_or_404(Leave.objects.select_related("user", "organisation"), pk=pk)
        is_own = leave.user == request.user
        if not is_own and not may_appoint_at(request.user, leave.organisation.specific):
            raise PermissionDenied
        try:
            end_leave(leave=leave, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("已结束，职责回到%(person)s。") % {"person": leave.user})
        return redirect("people:leave") if is_own else redirect("people:leave_of", leave.user_id)
