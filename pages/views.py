"""Addresses that are no pages: the permanent address of an index number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import PublicationRecord
from .presentation import Reader
from .presentation.withdrawn import answer_for_record

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST = 100


@require_safe
def resolve_index_number(request: HttpRequest, index_number: str) -> HttpResponse:
    """Lead to the page of an index number, in the reader's language; after a withdrawal answer what that says."""
    if "\x00" in index_number or len(index_number) > LONGEST:
        raise Http404
    rows = PublicationRecord.objects.select_related("page", "organisation", "entry", "withdrawn_to", "withdrawn_by")
    record = rows.filter(index_number=index_number).first()
    if record is None:
        raise Http404(_("没有这个索引号：%(number)s") % {"number": index_number})
    reader = Reader(request)
    if record.is_public and record.page is not None:
        shown = reader.translated([record.page])[record.page.pk]
        if url := reader.url(shown):
            return HttpResponseRedirect(url)
    return answer_for_record(record, request)
