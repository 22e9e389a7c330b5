"""The screens of withdrawing: the act or the request, the answer to a request, stopping what is scheduled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from accounts.withdrawable import WithdrawableMixin

from .models import ScheduledPublication, Withdrawal
from .scheduling import NotRevocableError, may_revoke, revoke
from .withdrawal_forms import CommentForm, ReasonForm, WithdrawForm
from .withdrawing import (
    NotWithdrawableError,
    decline,
    grant,
    kinds_for,
    may_answer,
    may_request,
    open_withdrawal,
    request_withdrawal,
    withdraw,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


class WithdrawalScreen(WagtailAdminTemplateMixin, TemplateView):
    """The frame of these screens: below the list of reviews."""

    request: HttpRequest
    header_icon = "no-view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        above = {"url": reverse("withdrawal:list"), "label": _("待复核")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


def subject_at(app_label: str, model_name: str, pk: str) -> Any:
    """Return what an address names, as its specific class. Raises Http404 for anything that cannot be withdrawn."""
    try:
        model: Any = apps.get_model(app_label, model_name)
        if not issubclass(model, (Page, WithdrawableMixin)):
            raise Http404
        found = model._base_manager.filter(pk=pk).first()
    except (LookupError, ValueError, ValidationError):
        raise Http404 from None
    subject = getattr(found, "specific", found)
    if not isinstance(subject, WithdrawableMixin):
        raise Http404
    return subject


def withdraw_address(subject: Any) -> str:
    """Return the address of the screen for a page or snippet."""
    model = Page if isinstance(subject, Page) else type(subject)
    return reverse("withdrawal:withdraw", args=[model._meta.app_label, model._meta.model_name, subject.pk])


class WithdrawView(WithdrawalScreen):
    """Take something back, or ask for it: the form tells which."""

    template_name = "workflows/withdraw.html"
    page_title = gettext_lazy("撤下")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever may do it or ask for it, while it is public."""
        self.subject = subject_at(kwargs["app_label"], kwargs["model_name"], kwargs["pk"])
        self.alone = kinds_for(self.subject, request.user)
        if not self.alone and not may_request(self.subject, request.user):
            raise Http404
        if not self.subject.live:
            messages.info(request, _("《%(title)s》现在不在公开中，无须撤下。") % {"title": self.subject})
            return HttpResponseRedirect(self.address)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def address(self) -> str:
        """Return where the subject is edited, for the way back."""
        found = AdminURLFinder(self.request.user).get_edit_url(self.subject)
        return str(found or reverse("withdrawal:list"))

    @cached_property
    def form(self) -> WithdrawForm:
        """Return the form."""
        data = self.request.POST if self.request.method == "POST" else None
        return WithdrawForm(data, subject=self.subject, alone=self.alone, request=self.request)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or ask."""
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        try:
            told = self._act()
        except NotWithdrawableError as error:
            self.form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        messages.success(request, told)
        return HttpResponseRedirect(self.address)

    def _act(self) -> str:
        plan, user = self.form.plan, self.request.user
        if plan.kind not in self.alone:
            asked = request_withdrawal(subject=self.subject, user=user, plan=plan)
            return _("已向“%(office)s”申请撤下，对方决定后您会收到通知。") % {"office": asked.office.title}
        done = withdraw(subject=self.subject, user=user, plan=plan)
        review = done.reviews.select_related("office").get()
        return _("已撤下。“%(office)s”的另一位审核员将在 24 小时内复核。") % {"office": review.office.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the subject and the form."""
        return super().get_context_data(
            **kwargs,
            subject=self.subject,
            organisation=self.subject.responsible_organisation,
            form=self.form,
            asked=open_withdrawal(self.subject),
            address=self.address,
            is_alone=bool(self.alone),
        )


class RequestView(WithdrawalScreen):
    """Answer a request."""

    template_name = "workflows/withdrawal_request.html"
    page_title = gettext_lazy("撤下申请")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever may answer."""
        rows = Withdrawal.objects.select_related("office", "organisation", "requested_by", "target")
        self.withdrawal = get_object_or_404(rows, pk=kwargs["pk"])
        self.form = CommentForm(None)
        if not may_answer(self.withdrawal, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was asked, or say why not."""
        refuses = request.POST.get("action") != "grant"
        self.form = CommentForm(request.POST, must_say=_("不同意时请写明答复。") if refuses else "")
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        try:
            if refuses:
                decline(withdrawal_id=self.withdrawal.pk, user=request.user, answer=self.form.cleaned_data["comment"])
            else:
                grant(withdrawal_id=self.withdrawal.pk, user=request.user)
        except NotWithdrawableError as error:
            self.form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        messages.success(request, _("已答复，申请人未获同意。") if refuses else _("已同意，内容已撤下。"))
        return HttpResponseRedirect(reverse("withdrawal:list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the request and what it is about."""
        return super().get_context_data(
            **kwargs, withdrawal=self.withdrawal, subject=self.withdrawal.subject, form=self.form
        )


class RevokeView(WithdrawalScreen):
    """撤销定时: stop a version that waits for its hour."""

    template_name = "workflows/revoke_schedule.html"
    page_title = gettext_lazy("撤销定时")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in the reviewers of the organisation and of those above."""
        self.schedule = get_object_or_404(ScheduledPublication.objects.select_related("organisation"), pk=kwargs["pk"])
        self.form = ReasonForm(None)
        if not may_revoke(self.schedule, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Stop it."""
        self.form = ReasonForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        try:
            revoke(schedule_id=self.schedule.pk, user=request.user, reason=self.form.cleaned_data["reason"])
        except NotRevocableError:
            messages.info(request, _("它已公开或已被撤销定时。"))
        else:
            messages.success(request, _("已撤销定时，这一稿回到草稿。"))
        return HttpResponseRedirect(reverse("withdrawal:list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the hour and the form."""
        return super().get_context_data(**kwargs, schedule=self.schedule, form=self.form)
