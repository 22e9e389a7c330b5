"""The screens of a handover: choose, look, confirm; and the record afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import Appointment, Handover
from ledger.models import Event

from ..subtree import below, people_below
from .forms import HandoverForm
from .plan import SHOWN, plan
from .service import hand_over, in_words, refuse_impossible


class HandoverView(WagtailAdminTemplateMixin, FormView):
    """Whose work goes to whom: the first answer shows what will move, the second moves it."""

    template_name = "people/handover.html"
    form_class = HandoverForm
    header_icon = "resubmit"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in who appoints where the giver works; he may hold something beyond, which stays."""
        self.giver = get_object_or_404(people_below(request.user), pk=kwargs["pk"])
        held = Appointment.objects.filter(below(request.user, "organisation"), user=self.giver, is_suspended=False)
        held = held.exclude(until__lt=timezone.localdate())
        self.organisations = list(held.values_list("organisation", flat=True).distinct())
        if not self.organisations or self.giver == request.user:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the organisations within reach."""
        return {**super().get_form_kwargs(), "organisations": self.organisations}

    def form_valid(self, form: HandoverForm) -> HttpResponse:
        """Show, or do."""
        taker, organisation = form.cleaned_data["taker"], form.cleaned_data["organisation"]
        try:
            refuse_impossible(self.giver, taker, self.request.user)
            if self.request.POST.get("then") == "confirm":
                done = hand_over(giver=self.giver, taker=taker, organisation=organisation, by=self.request.user)
                messages.success(self.request, _("已移交：%(what)s。") % {"what": in_words(done.moved)})
                return redirect("people:handed_over", done.pk)
        except ValidationError as error:
            form.add_error("taker", error)
            return self.form_invalid(form)
        shown = plan(self.giver, taker, organisation, self.request.user)
        return self.render_to_response(self.get_context_data(form=form, plan=shown, what=in_words(shown.counts())))

    def get_page_title(self) -> str:
        """Name whose work it is."""
        return _("工作移交 · %(person)s") % {"person": self.giver}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the person."""
        person = {"url": reverse("people:person", args=[self.giver.pk]), "label": str(self.giver)}
        return [*self.breadcrumbs_items, person, {"url": "", "label": _("工作移交")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whose work it is."""
        return {**super().get_context_data(**kwargs), "giver": self.giver, "shown": SHOWN}


class HandedOverView(WagtailAdminTemplateMixin, TemplateView):
    """The record of a handover, for the two people and the administrators above."""

    template_name = "people/handed_over.html"
    header_icon = "resubmit"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in those concerned."""
        found = Handover.objects.select_related("giver", "taker", "by", "organisation")
        self.handover = get_object_or_404(found, pk=kwargs["pk"])
        concerned = {self.handover.giver_id, self.handover.taker_id, self.handover.by_id}
        above = people_below(request.user).filter(pk=self.handover.giver_id)
        if request.user.pk not in concerned and not above.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Say that it is a record."""
        return _("工作移交记录")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what moved."""
        event = Event.objects.filter(
            kind="people.handed_over", subject_id=str(self.handover.giver_id), at__gte=self.handover.at
        ).first()
        return super().get_context_data(
            **kwargs,
            handover=self.handover,
            what=in_words(self.handover.moved),
            places=event.data.get("places", []) if event else [],
        )
