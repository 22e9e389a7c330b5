"""The screens of issuing: whom, the sheet, who received it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..subtree import person_to_manage, require_oversight
from .forms import DeliveryForm
from .service import MOST, candidates, deliver, issue_accounts, issues_below, reissue

if TYPE_CHECKING:
    from .service import Issued

PER_PAGE = 50


def numbers(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers that were ticked; anything else is no number."""
    return [int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 16]


@sensitive_variables("issued")
def sheet(request: HttpRequest, issued: list[Issued]) -> HttpResponse:
    """Answer with the sheet, one block for each person; it is kept nowhere on the way."""
    offices: dict[int, dict[str, Any]] = {}
    for each in issued:
        office = offices.setdefault(each.organisation.pk, {"organisation": each.organisation, "people": []})
        office["people"].append(each)
    context = {"offices": list(offices.values()), "on": timezone.localdate(), "by": request.user}
    response = render(request, "people/sheet.html", context)
    response["Cache-Control"] = "no-store"
    return response


class IssueView(WagtailAdminTemplateMixin, TemplateView):
    """Who stands in a confirmed form and has no account yet; issue to those ticked."""

    template_name = "people/issue.html"
    page_title = gettext_lazy("发放账号")
    header_icon = "key"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_oversight(request.user)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue, and show the sheet: the only time the passwords are seen."""
        try:
            issued = issue_accounts(staff=numbers(request, "staff"), by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("people:issue")
        if not issued:
            messages.success(request, _("已任命；这些人都有账号，密码不变。"))
            return redirect("people:issue")
        return sheet(request, issued)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one batch."""
        page = Paginator(candidates(self.request.user), MOST).get_page(self.request.GET.get("page"))
        open_issues = issues_below(self.request.user).filter(delivered_on=None).count()
        return super().get_context_data(**kwargs, page=page, most=MOST, open_issues=open_issues)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class ReissueView(View):
    """A new one-time password for one person."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sheet."""
        person = person_to_manage(request.user, pk)
        try:
            return sheet(request, [reissue(person=person, by=request.user)])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("people:person", pk)


class DeliveriesView(WagtailAdminTemplateMixin, FormView):
    """What was issued and to whom it was handed; note a delivery."""

    template_name = "people/deliveries.html"
    form_class = DeliveryForm
    page_title = gettext_lazy("账号交付登记")
    header_icon = "key"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_oversight(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Propose oneself."""
        return {"handed_by": str(self.request.user)}

    def form_valid(self, form: DeliveryForm) -> HttpResponse:
        """Note it."""
        cleaned = form.cleaned_data
        names = {name: cleaned[name] for name in ("handed_by", "received_by", "receipt")}
        try:
            done = deliver(
                issues=numbers(self.request, "issue"), by=self.request.user, on=cleaned["delivered_on"], names=names
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记 %(count)d 人。") % {"count": done})
        return redirect("people:deliveries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the open ones first, then the rest."""
        found = issues_below(self.request.user)
        shows_all = self.request.GET.get("all") == "1"
        rows = found.filter(delivered_on__isnull=not shows_all)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs, page=page, shows_all=shows_all)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
