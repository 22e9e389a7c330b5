"""The screens on which auditors appoint the auditors below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from pages.identity import source_of
from pages.models import OrganisationPage

from ..people.staff import ACTS
from ..people.views import is_over
from .auditors import appoint_auditor, auditors_at, change_auditor, may_appoint_auditors_at, organisations_below
from .forms import AppointAuditorForm

if TYPE_CHECKING:
    from ..people.staff import Appointed

PER_PAGE = 50


def organisation_to_watch(user: Any, pk: int) -> OrganisationPage:
    """Return the organisation, in the source language, if the person may appoint auditors there; 403 otherwise."""
    organisation: OrganisationPage = source_of(get_object_or_404(OrganisationPage, pk=pk))
    if not may_appoint_auditors_at(user, organisation):
        raise PermissionDenied
    return organisation


class AuditorListView(WagtailAdminTemplateMixin, TemplateView):
    """The organisations below, and who audits them."""

    template_name = "audit/organisations.html"
    page_title = gettext_lazy("下级审计员")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the audit."""
        audit = {"url": reverse("audit:events"), "label": _("审计")}
        return [*self.breadcrumbs_items, audit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of organisations; 403 for whoever appoints nowhere."""
        words = self.request.GET.get("q", "").replace("\x00", "").strip()[:100]
        organisations = organisations_below(self.request.user, words)
        page = Paginator(organisations, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs, page=page, words=words)


class AuditorsView(WagtailAdminTemplateMixin, FormView):
    """The auditors of one organisation; appoint one."""

    template_name = "audit/auditors.html"
    form_class = AppointAuditorForm
    page_title = gettext_lazy("审计员")
    header_icon = "group"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask first."""
        self.organisation = organisation_to_watch(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the organisation."""
        return f"{self.page_title} · {self.organisation.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        listing = {"url": reverse("audit:auditors"), "label": _("下级审计员")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: AppointAuditorForm) -> HttpResponse:
        """Appoint; a first password is shown in this answer and nowhere else."""
        person = form.cleaned_data["person"]
        try:
            appointed = appoint_auditor(organisation=self.organisation, person=person, by=self.request.user)
        except ValidationError as error:
            form.add_error("person", error)
            return self.form_invalid(form)
        messages.success(self.request, _("已任命%(person)s为审计员。") % {"person": appointed.appointment.user})
        return self._shown(appointed) if appointed.password else redirect("audit:auditors_at", self.organisation.pk)

    def _shown(self, appointed: Appointed) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=AppointAuditorForm(), appointed=appointed))
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the appointments."""
        rows = [{"appointment": each, "is_over": is_over(each)} for each in auditors_at(self.organisation)]
        return super().get_context_data(**kwargs, organisation=self.organisation, rows=rows)


class ChangeAuditorView(View):
    """Suspend, resume or relieve an auditor."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
        """Do it, and return to the screen."""
        organisation = organisation_to_watch(request.user, pk)
        found = get_object_or_404(auditors_at(organisation), pk=appointment)
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        try:
            change_auditor(appointment=found, act=act, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("%(person)s的任命已更新。") % {"person": found.user})
        return redirect("audit:auditors_at", organisation.pk)
