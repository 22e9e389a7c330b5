"""The account's own page of the second factor: what there is, new codes, no factor any more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.second_factor import codes_left, is_obligatory, remove, renew_recovery_codes
from ledger.events import record

from .door import DoorView
from .forms import ProveForm
from .lockout import home_of
from .standing import FACTOR
from .views import show_codes


class DeviceView(WagtailAdminTemplateMixin, DoorView):
    """Whoever changes something proves himself again, with the password and the factor."""

    template_name = "sign_in/device.html"
    form_class = ProveForm
    page_title = gettext_lazy("两步验证")
    header_icon = "lock"
    step = "device"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the account."""
        account = {"url": reverse("wagtailadmin_account"), "label": _("账号")}
        return [*self.breadcrumbs_items, account, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: ProveForm) -> HttpResponse:
        """Renew the codes, or take the factor away."""
        if self.request.POST.get("act") == "remove":
            return self._remove(form)
        codes = renew_recovery_codes(self.person)
        record("sign_in.recovery_codes_renewed", self.person, organisation=home_of(self.person))
        return show_codes(self, codes)

    def _remove(self, form: ProveForm) -> HttpResponse:
        if is_obligatory(self.person):
            form.add_error(None, _("您的职责必须启用两步验证，不能停用；换手机请用“换用新设备”。"))
            return self.form_invalid(form)
        remove(self.person)
        self.request.session.pop(FACTOR, None)
        record("sign_in.second_factor_removed", self.person, organisation=home_of(self.person))
        messages.success(self.request, _("已停用两步验证。"))
        return redirect("sign_in:device")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what there is."""
        return {
            **super().get_context_data(**kwargs),
            "since": self.person.second_factor_since,
            "left": codes_left(self.person),
            "is_obligatory": is_obligatory(self.person),
        }
