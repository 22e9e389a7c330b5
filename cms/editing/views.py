"""The screens of the clerk's tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from snippets.models import CatalogueEntry

from ..desk.tool import OrganisationToolView
from ..spreadsheets import SheetError, SheetRow
from .copying import copy_record
from .forms import FoundingForm, SheetForm
from .founding import Founded, found_unit
from .importing import NothingImportedError, import_rows, pages_of
from .reach import department_to_found_under, organisation_to_fill, record_to_copy
from .sheets import blank_sheet, read_sheet

if TYPE_CHECKING:
    from django.http import HttpRequest


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SESSION_KEY = "import-rows"


class CopyView(View):
    """Copy last year's item and open the draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy."""
        page = record_to_copy(request.user, pk)
        copy = copy_record(page, request.user)
        messages.success(request, _("已复制为草稿“%(title)s”，请核对年份、数字和日期后提交。") % {"title": copy.title})
        return redirect("wagtailadmin_pages:edit", copy.pk)


class BlankSheetView(View):
    """The form to fill in."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the spreadsheet."""
        organisation = organisation_to_fill(request.user, pk)
        entries = CatalogueEntry.of_catalogue(organisation.catalogue_code, timezone.localdate())
        response = HttpResponse(blank_sheet(entries), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="gongkai-{organisation.pk}.xlsx"'
        return response


class ImportView(OrganisationToolView):
    """Upload → row report (nothing is written) → confirm: all rows become drafts, or none does."""

    template_name = "editing/import.html"
    form_class = SheetForm
    page_title = gettext_lazy("从表格导入")
    header_icon = "upload"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask first."""
        self.organisation = organisation_to_fill(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SheetForm) -> Any:
        """Show the row report, and keep the rows for the confirmation."""
        try:
            rows = read_sheet(form.cleaned_data["file"])
        except SheetError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        pages_of(self.organisation, rows)
        sound = all(row.is_sound for row in rows)
        kept = [{"number": row.number, "values": row.values} for row in rows]
        self.request.session[SESSION_KEY] = {"organisation": self.organisation.pk, "rows": kept} if sound else None
        return self.render_to_response(self.get_context_data(form=form, rows=rows, sound=sound))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the organisation and the columns."""
        return {**super().get_context_data(**kwargs), "organisation": self.organisation}


class ImportConfirmView(View):
    """Write what the row report showed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Import all rows or none."""
        organisation = organisation_to_fill(request.user, pk)
        kept = request.session.pop(SESSION_KEY, None)
        if not kept or kept["organisation"] != organisation.pk:
            messages.error(request, _("请先上传表格并查看逐行报告。"))
            return redirect("editing:import", organisation.pk)
        rows = [SheetRow(**row) for row in kept["rows"]]
        submit = request.POST.get("then") == "submit"
        try:
            pages = import_rows(organisation, rows, request.user, submit=submit)
        except NothingImportedError:
            messages.error(request, _("目录或数据有变化，一条也没有导入，请重新上传。"))
            return redirect("editing:import", organisation.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editing:import", organisation.pk)
        done = _("已导入 %(count)d 条并提交审核。") if submit else _("已导入 %(count)d 条草稿。")
        messages.success(request, done % {"count": len(pages)})
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[organisation.pk]))


class FoundView(OrganisationToolView):
    """Found a unit under a department."""

    template_name = "editing/found.html"
    form_class = FoundingForm
    page_title = gettext_lazy("新设单位")
    header_icon = "plus"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask first."""
        self.organisation = department_to_found_under(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: FoundingForm) -> Any:
        """Found it, and show what was made: the only time the passwords are seen."""
        values = {"division_code": self.organisation.division_code, **form.values}
        try:
            founded = found_unit(self.organisation, values, form.people, self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return self._done(founded)

    def _done(self, founded: Founded) -> HttpResponse:
        self.template_name = "editing/founded.html"
        response = self.render_to_response(self.get_context_data(founded=founded))
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the department."""
        return {**super().get_context_data(**kwargs), "department": self.organisation}
