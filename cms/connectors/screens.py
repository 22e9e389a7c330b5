"""The screens of the connections: the list, one of them, registering, changing, testing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.administered import organisations_administered
from ledger.outbox import absolute

from .forms import ConnectionForm
from .models import OrderState, ProviderConnection
from .operations import OPERATIONS, PAYMENT
from .reach import connection_within_reach, connections_of, require_connecting
from .reconciling import DAY, WHAT, owing
from .service import Terms, change, in_words, register, remove, switch, try_out

PER_PAGE = 50
REPORTS, DIFFERENCES = 7, 100


class ConnectionsMixin(WagtailAdminTemplateMixin):
    """What the screens share."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "link"
    page_title = gettext_lazy("办理接口")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_connecting(request.user)
        stock: Any = super()
        return stock.dispatch(request, *args, **kwargs)

    @cached_property
    def connection(self) -> ProviderConnection:
        """Return the connection, 404 where it is out of reach."""
        return connection_within_reach(self.request.user, self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        listed = {"url": reverse("connections:list"), "label": ConnectionsMixin.page_title}
        own = {"url": "", "label": self.get_page_title()}
        is_list = self.get_page_title() == ConnectionsMixin.page_title
        return [*self.breadcrumbs_items, *([own] if is_list else [listed, own])]


class ConnectionsView(ConnectionsMixin, TemplateView):
    """All within reach."""

    template_name = "connections/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return a page of them."""
        found = connections_of(self.request.user).order_by("organisation__path", "pk")
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs, page=page)


class ConnectionView(ConnectionsMixin, TemplateView):
    """One of them."""

    template_name = "connections/connection.html"

    def get_page_title(self) -> str:
        """Title the screen with its name."""
        return self.connection.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return it with what it offers, in words."""
        offered = [str(OPERATIONS.get(each, each)) for each in self.connection.operations]
        return super().get_context_data(
            **kwargs,
            connection=self.connection,
            offered=offered,
            locked_out=in_words("sealed") if self.connection.is_locked_out else "",
            notify_url=absolute(reverse("provider_notify", args=[self.connection.key])),
            orders=self.orders(),
            reports=self.reports(),
            owed=self.owed(),
        )

    def orders(self) -> list[dict[str, Any]]:
        """Count the orders by their state."""
        labels = dict(OrderState.choices)
        found = self.connection.orders.order_by().values_list("state").annotate(number=Count("pk"))
        return [{"label": labels.get(state, state), "number": number} for state, number in found]

    def owed(self) -> list[date]:
        """Return the days whose account could not be had yet."""
        pays = self.connection.is_active and PAYMENT in self.connection.operations
        return owing(self.connection, timezone.localdate() - DAY) if pays else []

    def reports(self) -> list[dict[str, Any]]:
        """Return the last reconciliations, their differences in words."""
        return [
            {
                "day": each.day,
                "number": each.number,
                "amount": each.amount,
                "rows": [
                    {**row, "words": WHAT.get(row["what"], row["what"])} for row in each.differences[:DIFFERENCES]
                ],
            }
            for each in self.connection.reconciliations.order_by("-day")[:REPORTS]
        ]


@method_decorator(sensitive_post_parameters("secret"), name="dispatch")
class RegisterView(ConnectionsMixin, FormView):
    """Register one. A secret made here is shown in the answer to this one request, and never again."""

    template_name = "connections/form.html"
    form_class = ConnectionForm
    page_title: Any = gettext_lazy("登记办理接口")

    def get_initial(self) -> dict[str, Any]:
        """Propose the topmost organisation of this person."""
        first = organisations_administered(self.request.user).first()
        return {"organisation": first.title if first else ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ConnectionForm) -> HttpResponse:
        """Do it, and show what came of it."""
        try:
            return self.save(Terms(**form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)

    def save(self, terms: Terms) -> HttpResponse:
        """Register it."""
        connection, made = register(terms=terms, by=self.request.user)
        if not made:
            messages.success(self.request, _("已登记。请按“测试连接”，看两边是否接通。"))
            return redirect("connections:connection", connection.pk)
        context = self.get_context_data(form=None, connection=connection, secret=made)
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response


class ChangeView(RegisterView):
    """Change one."""

    page_title: Any = gettext_lazy("更改办理接口")

    def get_initial(self) -> dict[str, Any]:
        """Show it as it is, without its secret."""
        names = ("name", "base_url", "key_id", "operations", "hosts", "seconds", "is_sandbox")
        shown = {name: getattr(self.connection, name) for name in names}
        return {**shown, "organisation": self.connection.organisation.title}

    def save(self, terms: Terms) -> HttpResponse:
        """Change it."""
        changed = change(connection=self.connection, terms=terms, by=self.request.user)
        messages.success(self.request, _("已更改。请按“测试连接”，看两边是否接通。"))
        return redirect("connections:connection", changed.pk)


class ActView(View):
    """Test, pause, resume, remove."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was pressed, and return to the connection, or to the list when it is gone."""
        connection = connection_within_reach(request.user, pk)
        acts = {"test": _test, "pause": _pause, "resume": _resume, "remove": _remove}
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            messages.error(request, _("没有这个操作。"))
            return redirect("connections:connection", pk)
        try:
            act(request, connection)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("connections:connection", pk)
        return redirect("connections:list") if act is _remove else redirect("connections:connection", pk)


def _test(request: HttpRequest, connection: ProviderConnection) -> None:
    passed, result = try_out(connection=connection, by=request.user)
    (messages.success if passed else messages.error)(request, result)


def _pause(request: HttpRequest, connection: ProviderConnection) -> None:
    switch(connection=connection, on=False, by=request.user)
    messages.success(request, _("已停用；用它办理的服务改为请公众打电话或到现场。"))


def _resume(request: HttpRequest, connection: ProviderConnection) -> None:
    switch(connection=connection, on=True, by=request.user)
    messages.success(request, _("已启用。"))


def _remove(request: HttpRequest, connection: ProviderConnection) -> None:
    if request.POST.get("sure") != "yes":
        raise ValidationError(_("请先勾选“确认删除”。"))
    remove(connection=connection, by=request.user)
    messages.success(request, _("已删除。"))
