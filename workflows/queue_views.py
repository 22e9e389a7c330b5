"""The queue: what waits for a person, and where an item stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .models import SavedQueue
from .queue import away_from, choices, reviews, rows, waiting_for, with_names
from .queue_form import QueueFilterForm
from .saved import kept

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from .models import TieredTaskState

PER_PAGE = 25
# As many as can be approved at once.
PER_PAGE_ROUTINE = 200
# What the address of an item says beside the filters.
NO_FILTERS = ("page", "view", "all")


@dataclass(frozen=True)
class Standing:
    """Where an item stands in the queue: its neighbours, its position from 1, how many there are.

    `following` opens after a decision: the next one, else the first that is left.
    """

    previous: int | None
    next: int | None
    following: int | None
    position: int
    total: int


class QueueMixin(WagtailAdminTemplateMixin):
    """What the screens share: the person's queue, narrowed and sorted as the address says."""

    request: HttpRequest
    header_icon = "tasks"

    @cached_property
    def filters(self) -> QueueFilterForm:
        """Return the bound form of filters."""
        person = self.request.user
        return QueueFilterForm(self.request.GET, found=choices(waiting_for(person)), person=person)

    @cached_property
    def queue(self) -> QuerySet[TieredTaskState]:
        """Return what waits for this person within the filters; without any, nobody asks what there is to choose."""
        states = waiting_for(self.request.user)
        return self.filters.narrow(states) if self.parameters else states

    @property
    def parameters(self) -> str:
        """Return the filters as the end of an address; the chosen view of an item and the page number do not count."""
        kept = self.request.GET.copy()
        for name in NO_FILTERS:
            kept.pop(name, None)
        return f"?{kept.urlencode()}" if kept else ""

    def standing(self, pk: int) -> Standing:
        """Find an item in the queue; one that the filters leave out stands in front of it. One query."""
        keys = list(self.queue.values_list("pk", flat=True))
        at = keys.index(pk) if pk in keys else -1
        later = keys[at + 1 :]
        return Standing(
            previous=keys[at - 1] if at > 0 else None,
            next=later[0] if later else None,
            following=next((key for key in (*later, *keys) if key != pk), None),
            position=at + 1,
            total=len(keys),
        )


class QueueView(QueueMixin, TemplateView):
    """What waits for me, oldest first."""

    template_name = "workflows/queue.html"
    page_title = gettext_lazy("待我审核")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open with the person's own default where the address says nothing."""
        default = None if request.GET else self._saved().filter(is_default=True).first()
        if default is not None and default.query:
            return HttpResponseRedirect(f"{request.path}?{default.query}")
        return super().get(request, *args, **kwargs)

    def _saved(self) -> QuerySet[SavedQueue]:
        return SavedQueue.objects.filter(person=self.request.user.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the queue."""
        self.filters.is_valid()
        per_page = PER_PAGE_ROUTINE if self.filters.cleaned_data.get("routine") else PER_PAGE
        page = Paginator(with_names(self.queue), per_page).get_page(self.request.GET.get("page"))
        query = kept(self.request.GET)
        listed = rows(page.object_list)
        return super().get_context_data(
            **kwargs,
            any_routine=any(row.is_routine for row in listed),
            query=query,
            saved=[(each, each.query == query) for each in self._saved()],
            filters=self.filters,
            page=page,
            rows=listed,
            reviews=reviews(self.request.user),
            away=away_from(self.request.user),
            parameters=self.parameters,
        )
