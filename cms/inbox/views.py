"""The inbox, opening a letter, marking as read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ledger.kinds import area_label
from ledger.models import Letter, MailState
from ledger.models.letter import LetterQuerySet

from .forms import InboxFilterForm

PER_PAGE = 25


def inbox_of(request: HttpRequest) -> LetterQuerySet:
    """Return the letters of whoever asks."""
    return Letter.objects.inbox_of(request.user)


class InboxView(WagtailAdminTemplateMixin, TemplateView):
    """My letters, the newest first."""

    template_name = "inbox/inbox.html"
    page_title = gettext_lazy("通知")
    header_icon = "mail"

    @cached_property
    def filters(self) -> InboxFilterForm:
        """Return the bound form of filters."""
        kinds = inbox_of(self.request).order_by().values_list("kind", flat=True).distinct()
        return InboxFilterForm(self.request.GET, kinds=kinds)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the letters."""
        letters = self.filters.narrow(inbox_of(self.request)).select_related("settled_by")
        page = Paginator(letters.order_by("-written_at", "-pk"), PER_PAGE).get_page(self.request.GET.get("page"))
        rows = [
            {"letter": letter, "area": area_label(letter.kind), "not_mailed": letter.mail == MailState.FAILED}
            for letter in page.object_list
        ]
        unread = inbox_of(self.request).unread().count()
        return super().get_context_data(**kwargs, filters=self.filters, page=page, rows=rows, unread=unread)


class LetterView(WagtailAdminTemplateMixin, TemplateView):
    """One letter. Opening it marks it as read and leads to its place; one without a place is shown."""

    template_name = "inbox/letter.html"
    header_icon = "mail"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open it."""
        self.letter = get_object_or_404(inbox_of(request).select_related("settled_by"), pk=kwargs["pk"])
        inbox_of(request).filter(pk=self.letter.pk, read_at=None).update(read_at=timezone.now())
        if self.letter.url and url_has_allowed_host_and_scheme(self.letter.url, allowed_hosts=None):
            return HttpResponseRedirect(self.letter.url)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Title the screen with the letter."""
        return self.letter.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the inbox."""
        inbox = {"url": reverse("inbox:inbox"), "label": _("通知")}
        return [*self.breadcrumbs_items, inbox, {"url": "", "label": self.letter.subject}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the letter."""
        return super().get_context_data(**kwargs, letter=self.letter, area=area_label(self.letter.kind))


class ReadView(View):
    """Mark one, or all, as read without opening."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark, and return to where one was."""
        letters, one = inbox_of(request).filter(read_at=None), request.POST.get("letter", "")
        if one:
            letters = letters.filter(pk=int(one)) if one.isdecimal() and len(one) < 19 else letters.none()
        count = letters.update(read_at=timezone.now())
        messages.success(request, ngettext("已标为已读：%(n)d 条。", "已标为已读：%(n)d 条。", count) % {"n": count})
        return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("inbox:inbox"))
