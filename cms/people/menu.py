"""人员 in the menu: the forms, leave and rights for everybody; the people below for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from accounts.authority import roots

from .registration.reach import FILLING
from .subtree import oversees

if TYPE_CHECKING:
    from django.http import HttpRequest


class OverseersItem(MenuItem):
    """For those who answer for somebody."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to administrators and the operator."""
        return oversees(request.user)


class FillersItem(MenuItem):
    """For those who fill in or confirm a form."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to editors, administrators and the operator."""
        return bool(request.user.is_superuser or roots(request.user, FILLING))


def people_menu() -> Any:
    """Return the entry with what stands below it."""
    entries: list[tuple[type[MenuItem], Any, str, str]] = [
        (OverseersItem, _("查找人员"), "people:directory", "search"),
        (OverseersItem, _("人员状况"), "people:report", "warning"),
        (FillersItem, _("工作信息登记表"), "people:forms", "form"),
        (OverseersItem, _("发放账号"), "people:issue", "key"),
        (MenuItem, _("请假与代理"), "people:leave", "date"),
        (MenuItem, _("权限一览"), "people:rights", "view"),
    ]
    items = [
        kind(label, reverse_lazy(url), name=url.replace(":", "-"), icon_name=icon, order=100 * place)
        for place, (kind, label, url, icon) in enumerate(entries)
    ]
    return SubmenuMenuItem(_("人员"), Menu(items=items), name="people", icon_name="group", order=60)
