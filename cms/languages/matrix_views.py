"""译文情况: how far the organisations of an office are in another language, and the pages behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from accounts.authority import governs
from cms.desk.work import ANSWERING
from pages.identity import source_locale_id
from pages.models import OrganisationPage

from .matrix import State, numbers, organisations, public_pages

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PER_PAGE = 50


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one organisation and one language: `?locale=` names it, else it is the first."""

    header_icon = "wagtail-localize-language"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever is appointed to the organisation or above it, and the operator."""
        self.organisation = get_object_or_404(OrganisationPage, pk=kwargs["pk"], locale_id=source_locale_id())
        if not (request.user.is_superuser or governs(request.user, self.organisation, ANSWERING)):
            raise PermissionDenied
        self.locales = list(Locale.objects.exclude(pk=source_locale_id()).order_by("pk"))
        asked = request.GET.get("locale") or (self.locales[0].language_code if self.locales else "")
        found = next((each for each in self.locales if each.language_code == asked), None)
        if found is None:
            raise Http404
        self.locale = found
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the organisation and the language."""
        label = {"organisation": self.organisation.title, "language": self.locale.get_display_name()}
        return _("译文情况 · %(organisation)s · %(language)s") % label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class MatrixView(Screen):
    """One row for each organisation at and below."""

    template_name = "languages/matrix.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count one page of the organisations."""
        page = Paginator(organisations(self.organisation), PER_PAGE).get_page(self.request.GET.get("page"))
        rows = numbers(list(page.object_list), self.locale)
        facts = {"locale": self.locale, "locales": self.locales, "states": list(State)}
        return super().get_context_data(**kwargs, **facts, page=page, rows=rows)


class PagesView(Screen):
    """The public pages of one organisation and how their copies stand; `?state=` narrows."""

    template_name = "languages/pages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List one page of them, what was published last first."""
        pages = public_pages([self.organisation.pk], self.locale).order_by("-last_published_at", "-pk")
        state = self.request.GET.get("state", "")
        if state in State.values:
            pages = pages.filter(state=state)
        page = Paginator(pages.select_related("content_type"), PER_PAGE).get_page(self.request.GET.get("page"))
        for each in page.object_list:
            each.state_label = State(each.state).label
        facts = {"locale": self.locale, "states": list(State), "state": state, "organisation": self.organisation}
        return super().get_context_data(**kwargs, **facts, page=page)


app_name = "languages"
urlpatterns = [
    path("<int:pk>/", MatrixView.as_view(), name="matrix"),
    path("<int:pk>/pages/", PagesView.as_view(), name="pages"),
]
