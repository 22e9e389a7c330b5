"""Approving many at once: one page to confirm, one list of what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from .bulk import AT_ONCE, MOST, begin, choosable, confirmed, leave_to_the_worker, seal, work_off
from .forms import COMMENT_LIMIT
from .models import BulkApproval, Outcome
from .queue import reviews, rows, with_names
from .queue_views import QueueMixin
from .summary import findings_of, summaries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

# Seconds after which an unfinished list asks again.
REFRESH = 4


class BulkView(QueueMixin, TemplateView):
    """Confirm what is to be approved: title, organisation and what each changes."""

    template_name = "workflows/bulk.html"
    page_title = gettext_lazy("批量批准")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever has a queue."""
        if not reviews(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was chosen, or lead back when that is nothing."""
        self.chosen = self._chosen()
        if not self.chosen:
            messages.info(request, _("请先在队列中勾选要批准的例行事项。"))
            return HttpResponseRedirect(reverse("approval:queue"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Decide on what was confirmed, and show the list."""
        shown = confirmed(request.user, request.POST.getlist("shown")[: MOST + 1])
        comment = request.POST.get("comment", "").replace("\x00", "").strip()[:COMMENT_LIMIT]
        try:
            run = begin(person=request.user, shown=shown, comment=comment)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return HttpResponseRedirect(reverse("approval:queue"))
        if work_off(run, AT_ONCE):
            leave_to_the_worker(run)
        return HttpResponseRedirect(reverse("approval:bulk_result", args=[run.pk]))

    def _chosen(self) -> list[Any]:
        """Return the states that were ticked, or, with `all`, the first of the queue."""
        states = self.filters.narrow(choosable(self.request.user))
        if "every" not in self.request.GET:
            keys = [int(key) for key in self.request.GET.getlist("state")[:MOST] if key.isdecimal() and len(key) < 19]
            states = states.filter(pk__in=keys)
        return list(with_names(states)[:MOST])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the queue."""
        queue = {"url": reverse("approval:queue"), "label": _("待我审核")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what was chosen, each with what it changes and the proof that it was shown."""
        said, found = summaries(self.chosen), findings_of(self.chosen)
        listed = [
            (row, said[row.state.pk], found[row.state.pk], seal(self.request.user, row.state))
            for row in rows(self.chosen)
        ]
        return super().get_context_data(**kwargs, listed=listed, most=MOST)


class BulkResultView(QueueMixin, TemplateView):
    """What went through, and why the rest did not."""

    template_name = "workflows/bulk_result.html"
    page_title = gettext_lazy("批量批准的结果")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it to whoever confirmed it; to everybody else it does not exist."""
        self.run = get_object_or_404(BulkApproval, pk=kwargs["run_id"], person=request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list; while something is left, ask again by itself, without a script."""
        context = self.get_context_data(**kwargs)
        response = self.render_to_response(context)
        if context["left"]:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """Go on at once: whoever does not want to wait for the worker."""
        work_off(self.run, AT_ONCE)
        return HttpResponseRedirect(request.path)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the queue."""
        queue = {"url": reverse("approval:queue"), "label": _("待我审核")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the items, those that did not go through first."""
        items = list(self.run.items.select_related("state").order_by("pk"))
        refused = [item for item in items if item.outcome == Outcome.REFUSED]
        done = [item for item in items if item.outcome == Outcome.DONE]
        return super().get_context_data(
            **kwargs,
            run=self.run,
            refused=refused,
            done=done,
            left=len(items) - len(refused) - len(done),
            total=len(items),
        )
