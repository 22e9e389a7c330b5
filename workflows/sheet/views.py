"""The sheet to print, and as PDF."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import WorkflowState

from ledger.events import record

from ..matters import subject_of
from .content import Sheet, may_see, sheet_of
from .paper import CannotPrintError, pdf_of


class SheetView(View):
    """Printable, without the frame of the admin."""

    def get(self, request: HttpRequest, workflow_state_id: int) -> HttpResponse:
        """Show it to whoever may see it."""
        sheet = self.sheet(workflow_state_id)
        response = render(request, "sheet/sheet.html", self.context(sheet, on_paper=False))
        return self.noted(sheet, response, "html")

    def sheet(self, workflow_state_id: int) -> Sheet:
        """Return the sheet, if the person may see it; 404 otherwise."""
        workflow_state = get_object_or_404(WorkflowState.objects.select_related("requested_by"), pk=workflow_state_id)
        if not may_see(workflow_state, self.request.user):
            raise Http404
        return sheet_of(workflow_state, self.request)

    def context(self, sheet: Sheet, *, on_paper: bool) -> dict[str, Any]:
        """Return what the template shows. The PDF says the day only: it is kept until something changes."""
        return {"sheet": sheet, "qr": _qr(sheet), "on_paper": on_paper, "today": timezone.localdate()}

    def noted(self, sheet: Sheet, response: HttpResponse, form: str) -> HttpResponse:
        """Note that somebody carried it away; nobody else keeps a copy of the answer."""
        state = sheet.workflow_state
        record("export.approval_sheet", subject_of(state), workflow_state=state.pk, form=form)
        response["Cache-Control"] = "no-store, private"
        return response


class PdfView(SheetView):
    """The same as PDF, with its fonts inside."""

    def get(self, request: HttpRequest, workflow_state_id: int) -> HttpResponse:
        """Draw it, or say what is missing."""
        sheet = self.sheet(workflow_state_id)
        html = render_to_string("sheet/sheet.html", self.context(sheet, on_paper=True))
        try:
            drawn = pdf_of(html)
        except CannotPrintError as error:
            context = {"sentence": str(error), "workflow_state": sheet.workflow_state}
            return render(request, "sheet/unavailable.html", context, status=503)
        response = HttpResponse(drawn, content_type="application/pdf")
        name = quote(_("发布审核表 %(title)s.pdf") % {"title": sheet.title}, safe="")
        response["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
        return self.noted(sheet, response, "pdf")


def _qr(sheet: Sheet) -> SafeString | str:
    if not sheet.index_address:
        return ""
    drawing = segno.make(sheet.index_address, error="m").svg_inline(border=2, omitsize=True)
    return mark_safe(drawing)  # noqa: S308 (a drawing)
