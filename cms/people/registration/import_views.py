"""Upload a sheet of forms → row report, nothing written → confirm: all or none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ...spreadsheets import SheetError, SheetRow
from ..subtree import require_oversight
from .forms import SheetForm
from .sheets import COLUMNS, NothingImportedError, check, import_rows, read_sheet

SESSION_KEY = "form-rows"


class ImportFormsView(WagtailAdminTemplateMixin, FormView):
    """The dry run."""

    template_name = "people/forms_import.html"
    form_class = SheetForm
    page_title = gettext_lazy("从表格导入登记表")
    header_icon = "upload"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let in administrators."""
        require_oversight(request.user)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SheetForm) -> HttpResponse:
        """Show the row report, and keep the rows for the confirmation."""
        try:
            rows = read_sheet(form.cleaned_data["file"])
        except SheetError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        grouped = check(rows, self.request.user)
        sound = all(row.is_sound for row in rows)
        kept = [{"number": row.number, "values": row.values} for row in rows]
        self.request.session[SESSION_KEY] = kept if sound else None
        unchanged = sum(of_place[0].is_known for _place, of_place in grouped.values())
        shown = self.get_context_data(
            form=form, rows=rows, sound=sound, places=len(grouped), unchanged=unchanged, columns=COLUMNS
        )
        return self.render_to_response(shown)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        forms = {"url": reverse("people:forms"), "label": _("工作信息登记表")}
        return [*self.breadcrumbs_items, forms, {"url": "", "label": self.page_title}]


class ImportFormsConfirmView(View):
    """Write what the row report showed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Import all rows or none."""
        require_oversight(request.user)
        kept = request.session.pop(SESSION_KEY, None)
        if not kept:
            messages.error(request, _("请先上传表格并查看逐行报告。"))
            return redirect("people:forms_import")
        submitting = request.POST.get("then") == "submit"
        try:
            done, unchanged = import_rows([SheetRow(**row) for row in kept], request.user, submitting=submitting)
        except NothingImportedError:
            messages.error(request, _("单位或登记表有变化，一份也没有导入，请重新上传。"))
            return redirect("people:forms_import")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("people:forms_import")
        words = _("已导入并提交 %(count)d 份。") if submitting else _("已导入 %(count)d 份，待单位核对提交。")
        left = _("另有 %(count)d 份未变，没有动。") % {"count": unchanged} if unchanged else ""
        messages.success(request, words % {"count": done} + left)
        return redirect("people:forms")
