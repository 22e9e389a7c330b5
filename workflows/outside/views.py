"""The screen in the admin: the links to something's drafts, what was said by them, a new link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from ledger.outbox import absolute

from .forms import LinkForm
from .links import comments_on, create_link, is_draft, links_of, may_show_outside, revoke_link, subject_of_revision

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

SHOWN = 100


def shown_by(user: Any, revision_id: int) -> tuple[Revision, Any]:
    """Return a version and what it is one of, if this person may show it outside; 404 otherwise."""
    revision = get_object_or_404(Revision, pk=revision_id)
    subject = subject_of_revision(revision)
    if subject is None or not hasattr(subject, "responsible_organisation") or not may_show_outside(user, subject):
        raise Http404
    return revision, subject


class OutsideLinksView(WagtailAdminTemplateMixin, FormView):
    """Make a link to this version; see and revoke those there are."""

    template_name = "outside/links.html"
    form_class = LinkForm
    page_title = gettext_lazy("征求意见")
    header_icon = "link-external"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        self.revision, self.subject = shown_by(request.user, kwargs["revision_id"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: LinkForm) -> HttpResponse:
        """Make the link; its address is shown in this answer and nowhere else."""
        try:
            link, token = create_link(revision=self.revision, user=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        address = absolute(reverse("outside:draft", args=[token]))
        context = self.get_context_data(form=LinkForm(), address=address, made=link)
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the editor."""
        address = AdminURLFinder(self.request.user).get_edit_url(self.subject) or reverse("approval:queue")
        editor = {"url": address, "label": self.revision.object_str}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the links, the comments, and whether this version is still a draft."""
        return super().get_context_data(
            **kwargs,
            revision=self.revision,
            is_draft=is_draft(self.revision, self.subject),
            links=links_of(self.subject)[:SHOWN],
            comments=comments_on(self.subject)[:SHOWN],
        )


class RevokeView(View):
    """Close a link."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, revision_id: int, link_id: int) -> HttpResponse:
        """Close it, and return to the screen."""
        _revision, subject = shown_by(request.user, revision_id)
        if revoke_link(link=get_object_or_404(links_of(subject), pk=link_id), user=request.user):
            messages.success(request, _("链接已撤销，不能再打开。"))
        else:
            messages.info(request, _("这个链接早已失效。"))
        return HttpResponseRedirect(reverse("approval:outside", args=[revision_id]))
