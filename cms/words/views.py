"""The list of words out and in, for those who keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from snippets.models import SensitiveWord

from .sheet import read_in, sheet

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST = "wagtailsnippets_snippets_sensitiveword:list"


class WordSheetForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("XLSX 文件"), help_text=gettext_lazy("列与导出的一致；按“词”对应，表中没有的词不动。")
    )


class KeepersMixin:
    """Only those who keep the list."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        if not policy_registry.get_by_type(SensitiveWord).user_has_permission(request.user, "change"):
            raise PermissionDenied
        stock: Any = super()
        response: HttpResponseBase = stock.dispatch(request, *args, **kwargs)
        return response


class WordSheetView(KeepersMixin, View):
    """The whole list as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        response = HttpResponse(sheet(), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="sensitive-words.xlsx"'
        return response


class WordImportView(KeepersMixin, WagtailAdminTemplateMixin, FormView):
    """Read a sheet into the list: all rows or none."""

    template_name = "words/import.html"
    form_class = WordSheetForm
    page_title = gettext_lazy("导入敏感词")
    header_icon = "upload"

    def form_valid(self, form: WordSheetForm) -> HttpResponse:
        """Write the rows, or say which are wrong."""
        try:
            count = read_in(form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        messages.success(self.request, _("已导入 %(count)d 个词，立即生效。") % {"count": count})
        return HttpResponseRedirect(reverse(LIST))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the list."""
        words = {"url": reverse(LIST), "label": _("敏感词")}
        return [*self.breadcrumbs_items, words, {"url": "", "label": self.page_title}]
