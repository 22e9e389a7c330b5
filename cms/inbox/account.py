"""How one wants mail, on the page of one's account."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from ledger.models import MailPreference

from .forms import MailPreferenceForm


class MailPanel(BaseSettingsPanel):
    """At once, once a day, or not at all. Stands in the place of Wagtail's switches, which ask of its own mails."""

    name = "mail"
    title = _("邮件")
    tab = notifications_tab
    order = 100
    form_class = MailPreferenceForm

    def get_form(self) -> Any:
        """Return the form on the person's choice."""
        chosen = MailPreference.objects.filter(user=self.user).first() or MailPreference(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return MailPreferenceForm(data, instance=chosen, prefix=self.name)
