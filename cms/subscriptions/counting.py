"""The screen of the numbers, for whoever answers for the portal; it shows no address and nobody's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.countersigning.acts import runs_the_portal

from .counts import counted

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class CountsView(WagtailAdminTemplateMixin, TemplateView):
    """How many are subscribed, by industry, district and unit."""

    page_title = gettext_lazy("邮件订阅数")
    header_icon = "mail"
    template_name = "subscriptions/counts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever answers for the portal."""
        if not runs_the_portal(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the numbers."""
        return super().get_context_data(**kwargs, **counted())
