"""The people below: a list to search, and one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import AccountIssue, Appointment, Handover

from ..places import find_place
from ..subtree import below, may_manage, people_below, person_to_manage, require_oversight
from .forms import FindForm, MoveForm, PersonForm
from .service import correct, move, set_active

PER_PAGE = 50


class DirectoryView(WagtailAdminTemplateMixin, TemplateView):
    """Everybody below, found by name, number, duty. The same few queries for 12,000 people."""

    template_name = "people/directory.html"
    page_title = gettext_lazy("人员")
    header_icon = "group"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_oversight(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of people with their appointments below."""
        form = FindForm(self.request.GET)
        here = Appointment.objects.filter(below(self.request.user, "organisation"))
        here = here.exclude(until__lt=timezone.localdate()).select_related("organisation")
        people = people_below(self.request.user).filter(form.condition)
        if duty := form.cleaned_data.get("duty"):
            people = people.filter(Exists(here.filter(user=OuterRef("pk"), duty=duty)))
        shown = Prefetch("appointments", here.order_by("organisation__path", "duty"), to_attr="held")
        page = Paginator(people.order_by("first_name", "pk").prefetch_related(shown), PER_PAGE)
        return super().get_context_data(**kwargs, form=form, page=page.get_page(self.request.GET.get("page")))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class PersonView(WagtailAdminTemplateMixin, FormView):
    """One person below: appointments, details, what may be done."""

    template_name = "people/person.html"
    form_class = PersonForm
    header_icon = "user"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show whoever holds something below; only who is wholly below may be changed."""
        require_oversight(request.user)
        self.person = get_object_or_404(people_below(request.user), pk=kwargs["pk"])
        self.is_managed = may_manage(request.user, self.person)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change the details of who is wholly below."""
        self.person = person_to_manage(request.user, self.person.pk)
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill in what is known."""
        return {**super().get_form_kwargs(), "instance": self.person}

    def form_valid(self, form: PersonForm) -> HttpResponse:
        """Correct the details."""
        correct(person=self.person, values=form.cleaned_data, by=self.request.user)
        messages.success(self.request, _("已保存。"))
        return redirect("people:person", self.person.pk)

    def get_page_title(self) -> str:
        """Name the person, as he is stored."""
        return str(people_below(self.request.user).get(pk=self.person.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add appointments below, handovers and issued passwords."""
        today, user = timezone.localdate(), self.request.user
        held = Appointment.objects.filter(below(user, "organisation"), user=self.person)
        held = held.select_related("organisation").order_by("organisation__path", "duty")
        current = [each for each in held if each.until is None or each.until >= today]
        return super().get_context_data(
            **kwargs,
            person=self.person,
            is_managed=self.is_managed,
            current=current,
            past=[each for each in held if each not in current],
            handovers=Handover.objects.filter(giver=self.person).select_related("taker").order_by("-at")[:5],
            issues=AccountIssue.objects.filter(below(user, "organisation"), user=self.person).order_by("-pk")[:5],
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        people = {"url": reverse("people:directory"), "label": _("人员")}
        return [*self.breadcrumbs_items, people, {"url": "", "label": self.get_page_title()}]


class ActiveView(View):
    """Stop or restart an account."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and return to the person."""
        person, act = person_to_manage(request.user, pk), request.POST.get("act", "")
        if act not in {"stop", "restart"}:
            raise Http404
        try:
            set_active(person=person, active=act == "restart", by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            words = _("%(person)s的账号已恢复使用。") if act == "restart" else _("%(person)s的账号已停用，不能再登录。")
            messages.success(request, words % {"person": person})
        return redirect("people:person", pk)


class MoveView(WagtailAdminTemplateMixin, FormView):
    """Move an appointment to another organisation below."""

    template_name = "people/move.html"
    form_class = MoveForm
    header_icon = "arrow-right"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in who appoints where it stands."""
        require_oversight(request.user)
        held = Appointment.objects.filter(below(request.user, "organisation")).select_related("user", "organisation")
        self.appointment = get_object_or_404(held, pk=kwargs["appointment"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: MoveForm) -> HttpResponse:
        """Move it."""
        try:
            place = find_place(self.request.user, form.cleaned_data["place"])
            moved = move(appointment=self.appointment, place=place, by=self.request.user)
        except ValidationError as error:
            form.add_error("place", error)
            return self.form_invalid(form)
        words = {"person": moved.user, "place": place.title, "duty": moved.get_duty_display()}
        messages.success(self.request, _("%(person)s已调往“%(place)s”任%(duty)s。") % words)
        return redirect("people:person", moved.user_id)

    def get_page_title(self) -> str:
        """Name who is moved."""
        return _("调动 · %(person)s") % {"person": self.appointment.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is moved."""
        return {**super().get_context_data(**kwargs), "appointment": self.appointment}
