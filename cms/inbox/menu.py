"""The inbox in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from ledger.models import Letter

if TYPE_CHECKING:
    from django.http import HttpRequest


class InboxMenuItem(MenuItem):
    """通知, with the number of what is unread and not settled."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("通知"), reverse_lazy("inbox:inbox"), name="inbox", icon_name="mail", order=55)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Say how many are unread. One query, from an index."""
        count = Letter.objects.inbox_of(request.user).unread().count()
        label = _("通知（%(count)d）") % {"count": count} if count else str(self.label)
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)
