"""The screens of the audit: its events, one of them, a table to carry away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ledger.models import Seal
from pages.exports import Table, file_response

from .auditors import may_appoint_somewhere
from .edits import changes_of
from .forms import EventFilterForm
from .keeping import last_verification
from .kinds import words_for
from .reach import readable
from .showing import COLUMNS, channel_of, comparison, facts, is_intact, row_of, seal_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from ledger.models import Event

PER_PAGE = 50
# Nobody leafs through more; to count on would cost a look at every event there is.
MOST = 10_000
# What a spreadsheet opens in reasonable time; CSV has no limit.
MOST_IN_XLSX = 50_000
CHUNK = 2_000


class CappedPaginator(Paginator[Any]):
    """Counts up to MOST."""

    @cached_property
    def count(self) -> int:
        """Return how many there are, or MOST."""
        events: Any = self.object_list
        return int(events[:MOST].count())


class EventsMixin(WagtailAdminTemplateMixin):
    """What the screens share: the events this person may read, narrowed as the address says."""

    request: HttpRequest
    header_icon = "history"
    page_title = gettext_lazy("审计")

    @cached_property
    def filters(self) -> EventFilterForm:
        """Return the bound form of filters."""
        return EventFilterForm(self.request.GET)

    @cached_property
    def events(self) -> QuerySet[Event]:
        """Return the events, the latest first; 403 for whoever may read none."""
        events = readable(self.request.user).select_related("organisation", "seal")
        return self.filters.narrow(events).order_by("-at", "-pk")


class EventListView(EventsMixin, TemplateView):
    """The audit."""

    template_name = "audit/events.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of events, and how the chain stands."""
        page = CappedPaginator(self.events, PER_PAGE).get_page(self.request.GET.get("page"))
        parameters = self.request.GET.copy()
        parameters.pop("page", None)
        return super().get_context_data(
            **kwargs,
            filters=self.filters,
            page=page,
            rows=[(event, words_for(event.kind), channel_of(event)) for event in page.object_list],
            is_capped=page.paginator.count == MOST,
            parameters=f"?{parameters.urlencode()}" if parameters else "",
            verification=last_verification(),
            last_seal=Seal.objects.order_by("-sequence").first(),
            appoints=may_appoint_somewhere(self.request.user),
        )


class EventView(EventsMixin, TemplateView):
    """One event: who, when, from where, what, before and after, and its seal."""

    template_name = "audit/event.html"

    def get_page_title(self) -> str:
        """Title the screen with the kind."""
        return words_for(self.event.kind)

    @cached_property
    def event(self) -> Event:
        """Return the event, 404 where it is out of reach."""
        found: Event = get_object_or_404(
            readable(self.request.user).select_related("organisation", "seal", "actor"), pk=self.kwargs["pk"]
        )
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        listing = {"url": reverse("audit:events"), "label": self.page_title}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the event in words."""
        seal = seal_of(self.event)
        return super().get_context_data(
            **kwargs,
            event=self.event,
            channel=channel_of(self.event),
            comparison=[*comparison(self.event), *changes_of(self.event)],
            facts=list(facts(self.event)),
            seal=seal,
            is_intact=seal is not None and is_intact(self.event, seal),
        )


class ExportView(EventsMixin, View):
    """The events as a table; that it was carried away is recorded like every export."""

    def get(self, request: HttpRequest, file_type: str) -> HttpResponseBase | HttpResponse:
        """Stream the table."""
        events = self.events
        if file_type == "xlsx" and events[: MOST_IN_XLSX + 1].count() > MOST_IN_XLSX:
            words = _("超过 %(most)d 条，请缩小范围，或导出 CSV。")
            messages.error(request, words % {"most": MOST_IN_XLSX})
            return HttpResponseRedirect(f"{reverse('audit:events')}?{request.GET.urlencode()}")
        rows = (row_of(event, changes_of(event)) for event in events.iterator(chunk_size=CHUNK))
        name = _("审计%(day)s") % {"day": f"{localdate():%Y%m%d}"}
        return file_response(request, Table(name, COLUMNS, rows), file_type)
