"""All units below an office that owe something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.authority import governs
from pages.models import OrganisationPage

from .due import owing_below
from .work import ANSWERING

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PER_PAGE = 50


class BelowView(WagtailAdminTemplateMixin, TemplateView):
    """The worst first."""

    template_name = "desk/below_list.html"
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever is appointed to the office or above it, and the operator."""
        self.office = get_object_or_404(OrganisationPage, pk=kwargs["pk"])
        if not (request.user.is_superuser or governs(request.user, self.office, ANSWERING)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the office."""
        return _("下属单位到期事项 · %(office)s") % {"office": self.office.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the units."""
        page = Paginator(owing_below(self.office), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs, page=page)


app_name = "desk"
urlpatterns = [path("below/<int:pk>/", BelowView.as_view(), name="below")]
