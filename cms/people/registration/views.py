"""The screens of the registration forms: the list, one form, what is done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import FormState, RegistrationForm, User
from ledger.events import record
from pages.exports import file_response

from ..subtree import oversees
from .forms import HeadForm, ReasonForm, StaffRows, StateForm
from .listing import narrowed, rows, with_form
from .reach import may_confirm, organisation_to_see, organisations_to_see
from .service import STAFF_VALUES, begin_next, decide, latest_form, save_form, submit
from .sheets import table_of

PER_PAGE = 50


class FormsView(WagtailAdminTemplateMixin, TemplateView):
    """The forms of one's own organisation and of all below."""

    template_name = "people/forms.html"
    page_title = gettext_lazy("工作信息登记表")
    header_icon = "form"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of organisations with their forms."""
        filters = StateForm(self.request.GET)
        filters.is_valid()
        wanted = filters.cleaned_data
        found = with_form(organisations_to_see(self.request.user))
        found = narrowed(found, wanted.get("words", ""), wanted.get("state", ""))
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            **kwargs, filters=filters, page=page, rows=rows(page.object_list), oversees=oversees(self.request.user)
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class FormView(WagtailAdminTemplateMixin, TemplateView):
    """One organisation's form: to write in while it is open, to read otherwise."""

    template_name = "people/form.html"
    header_icon = "form"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first; an older version is read only."""
        self.organisation = organisation_to_see(request.user, kwargs["pk"])
        self.latest = latest_form(self.organisation)
        self.form = self.latest
        if "version" in kwargs:
            found = RegistrationForm.objects.filter(organisation=self.organisation.pk)
            self.form = get_object_or_404(found, version=kwargs["version"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; and submit, if that was pressed."""
        head, staff = HeadForm(request.POST), StaffRows.of(request.POST)
        if not (head.is_valid() and staff.is_valid()):
            return self.render_to_response(self.get_context_data(head=head, staff=staff), status=422)
        try:
            save_form(organisation=self.organisation, values=head.cleaned_data, staff=staff.people, by=request.user)
            messages.success(request, _("已保存。"))
            if request.POST.get("then") == "submit":
                submit(organisation=self.organisation, by=request.user)
                messages.success(request, _("已提交上级确认。"))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("people:form", self.organisation.pk)

    def get_page_title(self) -> str:
        """Name the form and whose it is."""
        return _("登记表 · %(place)s") % {"place": self.organisation.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        forms = {"url": reverse("people:forms"), "label": _("工作信息登记表")}
        return [*self.breadcrumbs_items, forms, {"url": "", "label": self.organisation.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form as it may be used."""
        form = self.form
        is_latest = form is None or (self.latest is not None and form.pk == self.latest.pk)
        staff = list(form.staff.all()) if form else []
        if is_latest and (form is None or form.is_open) and "head" not in kwargs:
            initial = [{name: getattr(row, name) for name in STAFF_VALUES} for row in staff]
            kwargs |= {"head": HeadForm(instance=form), "staff": StaffRows.of(initial=initial)}
        waits = form is not None and is_latest and form.state == FormState.SUBMITTED
        return super().get_context_data(
            **kwargs,
            organisation=self.organisation,
            form=form,
            people=self._people(staff),
            sees_accounts=self._may_confirm(),
            is_latest=is_latest,
            may_confirm=waits and self._may_confirm(),
            waits=waits,
            may_begin=is_latest and form is not None and form.state == FormState.CONFIRMED,
            reason=ReasonForm(),
            versions=RegistrationForm.objects.filter(organisation=self.organisation.pk)
            .select_related("submitted_by", "decided_by")
            .order_by("-version"),
        )

    def _may_confirm(self) -> bool:
        return may_confirm(self.request.user, self.organisation, self.form.submitted_by_id if self.form else None)

    def _people(self, staff: list[Any]) -> list[dict[str, Any]]:
        """Return the staff; whose account a user name is, is told to nobody who merely writes names down."""
        listed = _with_accounts(staff) if self._may_confirm() else [(row, None) for row in staff]
        return [{"row": row, "account": account} for row, account in listed]


def _with_accounts(staff: list[Any]) -> list[tuple[Any, User | None]]:
    """Return the staff with the accounts they name: whoever confirms sees whose account it is."""
    names = {row.username for row in staff if row.username}
    accounts = {user.username: user for user in User.objects.filter(username__in=names)} if names else {}
    return [(row, accounts.get(row.username)) for row in staff]


class ActView(View):
    """Submit, confirm, return, begin the next version."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and return to the form."""
        organisation = organisation_to_see(request.user, pk)
        act, reason = request.POST.get("act", ""), request.POST.get("reason", "").replace("\x00", "")
        acts = {
            "submit": lambda: submit(organisation=organisation, by=request.user),
            "confirm": lambda: decide(organisation=organisation, confirm=True, by=request.user),
            "return": lambda: decide(organisation=organisation, confirm=False, reason=reason[:500], by=request.user),
            "next": lambda: begin_next(organisation=organisation, by=request.user),
        }
        done = {
            "submit": _("已提交上级确认。"),
            "confirm": _("已确认，可以据此发放账号。"),
            "return": _("已退回，填表人会收到通知。"),
            "next": _("已按上一版填好，请核对后提交。"),
        }
        if act not in acts:
            raise Http404
        try:
            acts[act]()
            messages.success(request, done[act])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("people:form", organisation.pk)


class ExportView(View):
    """All forms within reach as a spreadsheet: also the form to fill in for an import."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send it; that names and numbers left the house is recorded."""
        found = organisations_to_see(request.user)
        if not found.exists():
            raise PermissionDenied
        record("export.registration_forms", None, organisation=found[0], actor=request.user, count=found.count())
        response = file_response(request, table_of(found), "xlsx")
        response["Cache-Control"] = "no-store"
        return response
