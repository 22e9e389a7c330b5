"""The screens of the webhooks: the list, one of them with its log, registering, changing, acting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.administered import organisations_administered
from ledger.models import DeliveryState, Webhook

from .forms import DeliveryFilterForm, ReplayForm, WebhookForm
from .reach import require_registering, webhook_for, webhooks_of
from .service import Terms, change, pause, ping, register, remove, replay_since, resume, rotate

PER_PAGE = 50
# Remembers until the next screen that a secret is to be shown; the secret itself stands in no session.
SHOW_SECRET = "webhook_secret"  # noqa: S105 (a name)


class WebhooksMixin(WagtailAdminTemplateMixin):
    """What the screens share."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "link"
    page_title = gettext_lazy("变更推送")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_registering(request.user)
        stock: Any = super()
        return stock.dispatch(request, *args, **kwargs)

    @cached_property
    def webhook(self) -> Webhook:
        """Return the webhook, 404 where it is out of reach."""
        return webhook_for(self.request.user, self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        listed = {"url": reverse("webhooks:list"), "label": WebhooksMixin.page_title}
        own = {"url": "", "label": self.get_page_title()}
        is_list = self.get_page_title() == WebhooksMixin.page_title
        return [*self.breadcrumbs_items, *([own] if is_list else [listed, own])]


class WebhooksView(WebhooksMixin, TemplateView):
    """All within reach."""

    template_name = "webhooks/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return a page of them, each with how many messages wait."""
        waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
        found = webhooks_of(self.request.user).annotate(waiting=waiting).order_by("organisation__path", "pk")
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs, page=page)


class WebhookView(WebhooksMixin, TemplateView):
    """One of them, with its log."""

    template_name = "webhooks/webhook.html"

    def get_page_title(self) -> str:
        """Title the screen with its name."""
        return self.webhook.name

    @sensitive_variables("secret")
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return a page of its log; after registering and rotating, this once, the secret."""
        filters = DeliveryFilterForm(self.request.GET)
        found = filters.narrow(self.webhook.deliveries.order_by("-pk").defer("body"))
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        shown = self.request.session.pop(SHOW_SECRET, None) == self.webhook.pk
        until = self.webhook.previous_until
        return super().get_context_data(
            **kwargs,
            webhook=self.webhook,
            filters=filters,
            page=page,
            replay=ReplayForm(),
            secret=self.webhook.secret if shown else "",
            rotating_until=until if until and until > timezone.now() else None,
        )


class RegisterView(WebhooksMixin, FormView):
    """Register one."""

    template_name = "webhooks/form.html"
    form_class = WebhookForm
    page_title: Any = gettext_lazy("登记推送地址")

    def get_initial(self) -> dict[str, Any]:
        """Propose the topmost organisation of this person."""
        first = organisations_administered(self.request.user).first()
        return {"organisation": first.title if first else ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: WebhookForm) -> HttpResponse:
        """Do it, and show what came of it."""
        try:
            webhook = self.save(Terms(**form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("webhooks:webhook", webhook.pk)

    def save(self, terms: Terms) -> Webhook:
        """Register it; its secret is shown once."""
        webhook = register(terms=terms, by=self.request.user)
        self.request.session[SHOW_SECRET] = webhook.pk
        return webhook


class ChangeView(RegisterView):
    """Change one."""

    page_title: Any = gettext_lazy("更改推送地址")

    def get_initial(self) -> dict[str, Any]:
        """Show it as it is."""
        webhook = self.webhook
        return {
            "name": webhook.name,
            "address": webhook.address,
            "organisation": webhook.organisation.title,
            "kinds": webhook.kinds,
        }

    def save(self, terms: Terms) -> Webhook:
        """Change it."""
        changed = change(webhook=self.webhook, terms=terms, by=self.request.user)
        messages.success(self.request, _("已更改，尚未送达的也按新的地址推送。"))
        return changed


class ActView(View):
    """Test, pause, resume, rotate, replay, remove."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was pressed, and return to the webhook, or to the list when it is gone."""
        webhook = webhook_for(request.user, pk)
        acts = {
            "ping": _ping, "pause": _pause, "resume": _resume,
            "rotate": _rotate, "replay": _replay, "remove": _remove,
        }  # fmt: skip
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            messages.error(request, _("没有这个操作。"))
            return redirect("webhooks:webhook", pk)
        try:
            messages.success(request, act(request, webhook))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("webhooks:webhook", pk)
        return redirect("webhooks:list") if act is _remove else redirect("webhooks:webhook", pk)


def _ping(request: HttpRequest, webhook: Webhook) -> str:
    ping(webhook=webhook, by=request.user)
    return _("测试消息已排入，几秒后在下面的记录中看结果。")


def _pause(request: HttpRequest, webhook: Webhook) -> str:
    pause(webhook=webhook, by=request.user)
    return _("已暂停；其间的变化留着，恢复后按顺序补发。")


def _resume(request: HttpRequest, webhook: Webhook) -> str:
    resume(webhook=webhook, by=request.user)
    return _("已恢复，先补发留下的。")


def _rotate(request: HttpRequest, webhook: Webhook) -> str:
    rotate(webhook=webhook, by=request.user)
    request.session[SHOW_SECRET] = webhook.pk
    return _("已更换密钥；24 小时内新旧密钥同时签名。")


def _replay(request: HttpRequest, webhook: Webhook) -> str:
    form = ReplayForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("请填写从什么时间起重发。"))
    replay_since(webhook=webhook, by=request.user, since=form.cleaned_data["since"])
    return _("已排入重发。")


def _remove(request: HttpRequest, webhook: Webhook) -> str:
    if request.POST.get("sure") != "yes":
        raise ValidationError(_("请先勾选“确认删除”。"))
    remove(webhook=webhook, by=request.user)
    return _("已删除。")
