"""The screen on which an administrator above helps a person in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User

from ..people.subtree import may_manage
from .assistance import reset_second_factor
from .lockout import locked_until, release


class AssistView(WagtailAdminTemplateMixin, TemplateView):
    """Is the person locked out, has it a second factor? Release the one, reset the other."""

    template_name = "sign_in/assist.html"
    page_title = gettext_lazy("登录与安全")
    header_icon = "lock"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask first."""
        self.person = get_object_or_404(User, pk=kwargs["pk"])
        if not may_manage(request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the person."""
        return f"{self.page_title} · {self.person}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how it stands."""
        until = locked_until([self.person.username]).get(self.person.username)
        return {**super().get_context_data(**kwargs), "person": self.person, "locked_until": until}

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Do it; resetting is confirmed by a tick."""
        act = request.POST.get("act")
        if act == "release":
            done = release(self.person, request.user)
            words = _("已解除锁定。") if done else _("没有锁定，不需要解除。")
        elif act == "reset" and request.POST.get("sure"):
            done = reset_second_factor(self.person, request.user)
            words = _("已重置两步验证，原设备和恢复码作废。") if done else _("没有启用两步验证。")
        elif act == "reset":
            done, words = False, _("请先核实是本人，并在方框里打勾。")
        else:
            raise Http404
        (messages.success if done else messages.warning)(request, words)
        return redirect("sign_in:assist", pk)
