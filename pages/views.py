"""Addresses that are no pages: the permanent address of an index number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import PublicationRecord

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def resolve_index_number(request: HttpRequest, index_number: str) -> HttpResponse:
    """Lead to the page of an index number; after withdrawal answer 410 with the reason."""
    if "\x00" in index_number:
        raise Http404
    record = (
        PublicationRecord.objects.select_related("page", "organisation", "entry")
        .filter(index_number=index_number)
        .first()
    )
    if record is None:
        raise Http404(_("没有这个索引号：%(number)s") % {"number": index_number})
    if record.is_public and record.page is not None and (url := record.page.get_url(request)):
        return HttpResponseRedirect(url)
    return TemplateResponse(request, "pages/withdrawn.html", {"record": record}, status=410)
