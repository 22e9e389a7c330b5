"""Keep, open and forget the views of the queue that a person uses often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from .models import SavedQueue
from .queue import reviews
from .queue_form import QueueFilterForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

MOST = 12
LONGEST = 500


class SavedQueueForm(forms.ModelForm):
    """A name for the filters in use, and whether the queue opens with them."""

    class Meta:
        model = SavedQueue
        fields = ["name", "query", "is_default"]

    def clean_name(self) -> str:
        """Leave out what is blank."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_query(self) -> str:
        """Keep what the queue understands, and nothing else."""
        return kept(QueryDict(self.cleaned_data["query"].lstrip("?")))


def kept(asked: QueryDict) -> str:
    """Return the filters and the order of an address as its end."""
    said = QueryDict(mutable=True)
    for name in QueueFilterForm.base_fields:
        if value := asked.get(name):
            said[name] = value
    return said.urlencode()


@transaction.atomic
def save_queue(*, person: Any, name: str, query: str, is_default: bool) -> SavedQueue:
    """Keep a view under a name, in the place of the one that had it."""
    if is_default:
        person.saved_queues.filter(is_default=True).update(is_default=False)
    saved: SavedQueue
    saved, _new = person.saved_queues.update_or_create(name=name, defaults={"query": query, "is_default": is_default})
    return saved


class SavedQueuesView(View):
    """Keep the view that is open."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever has a queue."""
        if not reviews(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it, and show it again."""
        form = SavedQueueForm(request.POST)
        back = reverse("approval:queue") + f"?{kept(QueryDict(request.POST.get('query', '')[:LONGEST].lstrip('?')))}"
        names = SavedQueue.objects.filter(person=request.user.pk).values_list("name", flat=True)
        if not form.is_valid():
            messages.error(request, _("没有保存：名称必填，不超过 30 个字。"))
        elif form.cleaned_data["name"] not in names and len(names) >= MOST:
            messages.error(request, _("常用筛选最多 %(most)d 个，请先删去不用的。") % {"most": MOST})
        else:
            saved = save_queue(person=request.user, **form.cleaned_data)
            messages.success(request, _("已存为“%(name)s”。") % {"name": saved.name})
        return HttpResponseRedirect(back)


class ForgetSavedQueueView(View):
    """Forget a view."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget it; to everybody else it does not exist."""
        saved = get_object_or_404(SavedQueue, pk=pk, person=request.user)
        saved.delete()
        messages.success(request, _("已删去常用筛选“%(name)s”。") % {"name": saved.name})
        return HttpResponseRedirect(reverse("approval:queue") + "?all=1")
