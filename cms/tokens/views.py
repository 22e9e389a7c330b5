"""The screens of the tokens: all in reach, those of one organisation, one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.tokens import editor_of

from ..administered import organisations_administered
from ..desk.tool import OrganisationToolView
from .forms import PlaceForm, RenewForm, TokenForm
from .reach import (
    may_manage,
    organisation_to_manage,
    require_administration,
    token_to_manage,
    token_to_see,
    visible_tokens,
)
from .service import create_token, renew, revoke

if TYPE_CHECKING:
    from accounts.models import ApiToken

    from .service import Issued

PER_PAGE = 50
DAYS_SHOWN = 30
TITLE = gettext_lazy("接口令牌")


def state_of(token: ApiToken) -> tuple[str, str]:
    """Return how a token stands: a class of the stylesheet, and words."""
    if token.revoked_at is not None:
        return "st--none", _("已收回")
    if token.is_over(timezone.now()):
        return "st--bad", _("已过期")
    if token.acts and editor_of(token) is None:
        return "st--bad", _("责任编辑员已不在任，不能写入")
    return "", _("有效")


class SecretMixin:
    """An answer with a secret is kept by nobody on the way."""

    @sensitive_variables("issued")
    def shown(self, issued: Issued, **context: Any) -> HttpResponse:
        """Show the secret, once."""
        view: Any = self
        response: HttpResponse = view.render_to_response(view.get_context_data(issued=issued, **context))
        response["Cache-Control"] = "no-store"
        return response


class TokensView(WagtailAdminTemplateMixin, TemplateView):
    """The tokens in reach, those in force first."""

    template_name = "tokens/tokens.html"
    page_title = TITLE
    header_icon = "key"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in whom any token concerns."""
        require_administration(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show them; lead to an organisation that was named."""
        asked = request.GET if "organisation" in request.GET else None
        first = organisations_administered(request.user).first()
        form = PlaceForm(asked, user=request.user, initial={"organisation": first}) if first else None
        if form is not None and form.is_valid():
            return redirect("tokens:organisation", form.cleaned_data["organisation"].pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of them. The state asks for the person's appointments, once each person."""
        tokens = visible_tokens(self.request.user)
        if self.request.GET.get("all") != "1":
            tokens = tokens.filter(revoked_at=None)
        page = Paginator(tokens.order_by("organisation__path", "pk"), PER_PAGE).get_page(self.request.GET.get("page"))
        people: dict[Any, Any] = {}
        for token in page:
            if token.acts_for is not None:
                # One person, one object: his appointments are read once.
                token.acts_for = people.setdefault(token.acts_for_id, token.acts_for)
        rows = [{"token": token, "state": state_of(token)} for token in page]
        return super().get_context_data(**kwargs, page=page, rows=rows, shows_all=self.request.GET.get("all") == "1")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class OrganisationTokensView(SecretMixin, OrganisationToolView):
    """The tokens of an organisation; make one."""

    template_name = "tokens/organisation.html"
    form_class = TokenForm
    page_title = TITLE
    header_icon = "key"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask first."""
        self.organisation = organisation_to_manage(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose."""
        return {**super().get_form_kwargs(), "organisation": self.organisation}

    def form_valid(self, form: TokenForm) -> HttpResponse:
        """Make it; the secret is shown in this answer and nowhere else."""
        try:
            issued = create_token(organisation=self.organisation, values=form.cleaned_data, by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return self.shown(issued, form=TokenForm(organisation=self.organisation))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tokens of this organisation itself."""
        tokens = visible_tokens(self.request.user).filter(organisation=self.organisation.pk).order_by("-pk")
        rows = [{"token": token, "state": state_of(token)} for token in tokens[:PER_PAGE]]
        return {**super().get_context_data(**kwargs), "organisation": self.organisation, "rows": rows}


class TokenView(SecretMixin, WagtailAdminTemplateMixin, FormView):
    """One token: what it may, how it was used; a new secret for it."""

    template_name = "tokens/token.html"
    form_class = RenewForm
    header_icon = "key"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Look at it as far as one may; change it only as an administrator."""
        find = token_to_manage if request.method == "POST" else token_to_see
        self.token = find(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: RenewForm) -> HttpResponse:
        """Renew it; the secret is shown in this answer and nowhere else."""
        try:
            issued = renew(token=self.token, expires_at=form.cleaned_data["expires_at"], by=self.request.user)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
            return self.form_invalid(form)
        self.token = token_to_see(self.request.user, self.token.pk)
        return self.shown(issued, form=RenewForm())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how it stands, and the last days."""
        return super().get_context_data(
            **kwargs,
            token=self.token,
            state=state_of(self.token),
            uses=list(self.token.uses.all()[:DAYS_SHOWN]),
            manages=may_manage(self.request.user, self.token.organisation),
            is_open=self.token.revoked_at is None,
        )

    def get_page_title(self) -> str:
        """Name it."""
        return f"{TITLE} · {self.token.name}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the tokens."""
        above = {"url": reverse("tokens:tokens"), "label": TITLE}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.token.name}]


class RevokeView(View):
    """End a token."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it, and return to it."""
        token = token_to_see(request.user, pk)
        try:
            revoke(token=token, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("已收回“%(name)s”，立即失效。") % {"name": token.name})
        return redirect("tokens:token", token.pk)
