"""What people without account see by a link: the draft as it will look, its files, and a form to say something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View
from django.views.decorators.csrf import csrf_protect
from wagtail.documents import get_document_model

from ledger.origin import origin
from media.usage import refers

from .files import may_go_along
from .forms import CommentForm
from .links import COMMENTS_LIMIT, comment, find_link, is_draft, note_opening, subject_of_revision

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from ..models import OutsideLink

# Of one address, by one link: so many in so many seconds.
OPENINGS, COMMENTS = (60, 60), (5, 600)
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The address opens the draft: it is told to no other site. The form's answer is checked by it.
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True)
class Showing:
    """What the frame of the page tells besides the draft (templates/outside/)."""

    link: OutsideLink
    organisation: str
    form: CommentForm
    has_said: bool
    is_full: bool


class OutsideView(View):
    """Opens only by a link that leads somewhere; a machine that hammers is sent away."""

    link: OutsideLink
    token: str

    @method_decorator(csrf_protect)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look the link up; whatever comes out of here is kept by nobody."""
        self.token = kwargs["token"]
        link = find_link(self.token)
        if link is None or not is_draft(link.revision, subject_of_revision(link.revision)):
            response: HttpResponseBase = render(request, "outside/closed.html", status=404)
        elif _is_too_often(link, "openings", *OPENINGS):
            response = HttpResponse(
                _("打开得太频繁，请稍后再试。"), status=429, content_type="text/plain; charset=utf-8"
            )
        else:
            self.link = link
            response = super().dispatch(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response


class DraftView(OutsideView):
    """The draft, and what one thinks of it."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show it, and note that somebody reads."""
        note_opening(self.link)
        return self._shown(request, CommentForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Keep what is said, and thank."""
        form = CommentForm(request.POST)
        if self._is_full():
            form.add_error(None, _("这个链接收到的意见已满，请用其他方式联系。"))
        elif form.is_valid() and _is_too_often(self.link, "comments", *COMMENTS):
            form.add_error(None, _("提交得太频繁，请十分钟后再试；您写的内容还在下面。"))
        if not form.is_valid():
            return self._shown(request, form, status=422)
        comment(link=self.link, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
        return HttpResponseRedirect(f"{reverse('outside:draft', args=[token])}?said=1#opinion")

    def _is_full(self) -> bool:
        return self.link.comments.count() >= COMMENTS_LIMIT

    def _shown(self, request: Any, form: CommentForm, status: int = 200) -> HttpResponse:
        draft = self.link.revision.as_object()
        organisation = getattr(draft.responsible_organisation, "title", "")
        # Nobody sees more by being signed in.
        request.user = AnonymousUser()
        request.outside = Showing(self.link, organisation, form, "said" in request.GET, self._is_full())
        language = getattr(getattr(draft, "locale", None), "language_code", settings.LANGUAGE_CODE)
        with override(language):
            response = draft.serve_preview(request, draft.default_preview_mode)
            if hasattr(response, "render"):
                response.render()
        response.content = self._through_the_link(response.content.decode())
        response.status_code = status
        return response

    def _through_the_link(self, page: str) -> str:
        """Lead to the draft's files through the link: their own addresses open when they are public."""
        root = re.escape(reverse("wagtaildocs_serve", args=[0, "x"]).removesuffix("0/x"))

        def through(found: re.Match[str]) -> str:
            return f'href="{reverse("outside:file", args=[self.token, int(found[1])])}"'

        return re.sub(rf'href="(?:https?://[^/"]+)?{root}(\d+)/[^"]*"', through, page)


class FileView(OutsideView):
    """A file of the draft, always as a download."""

    def get(self, request: HttpRequest, token: str, document_id: int) -> Any:
        """Hand out what the draft names and may take along, and nothing else."""
        document = get_object_or_404(get_document_model(), pk=document_id)
        draft = self.link.revision.as_object()
        if not refers(draft, document) or not may_go_along(draft, document):
            raise Http404
        return FileResponse(document.file.open("rb"), as_attachment=True, filename=document.filename)


def _is_too_often(link: OutsideLink, what: str, limit: int, seconds: int) -> bool:
    """Count, and say whether this address has had its share."""
    key = f"outside-{what}:{link.pk}:{origin().address}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:  # run out between the two lines
        return False
