"""The screen that leads to the front end, with a token for one draft."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.api.writing.kinds import KINDS
from cms.api.writing.preview_tokens import MINUTES, new_personal_token
from cms.api.writing.refusals import Refused
from cms.api.writing.saving import draft_for

from .checks import PLACE


class FrontPreviewView(WagtailAdminTemplateMixin, TemplateView):
    """Says what will be seen and by whom; then goes there."""

    template_name = "front_preview/open.html"
    page_title = gettext_lazy("前端预览")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask whether this person may edit this draft; there is nothing here for others."""
        if not settings.FRONTEND_PREVIEW_URL or kwargs["kind"] not in KINDS:
            raise Http404
        self.kind = KINDS[kwargs["kind"]]
        try:
            self.subject = draft_for(self.kind, kwargs["pk"], request.user)
        except Refused as error:
            raise Http404 from error
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make the token, and lead to the front end with it."""
        token = new_personal_token(self.kind, self.subject, request.user)
        answer = HttpResponseRedirect(settings.FRONTEND_PREVIEW_URL.replace(PLACE, quote(token, safe="")))
        # The address is the key: it is kept nowhere on the way, nor told to whom the front end leads.
        answer["Cache-Control"], answer["Referrer-Policy"] = "no-store", "no-referrer"
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where it leads."""
        front = urlsplit(settings.FRONTEND_PREVIEW_URL)
        return {
            **super().get_context_data(**kwargs),
            "title": self._title,
            "front": f"{front.scheme}://{front.netloc}",
            "minutes": MINUTES,
        }

    @property
    def _title(self) -> str:
        return str(getattr(self.subject, "title", "")) or _("（无标题）")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the draft."""
        editing = AdminURLFinder(self.request.user).get_edit_url(self.subject) or ""
        return [
            *self.breadcrumbs_items,
            {"url": editing, "label": self._title},
            {"url": "", "label": self.page_title},
        ]
