"""Hooks of the clerk's tools; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets import Button

from pages.models import DepartmentPage, OrganisationPage, RecordPage

from .reach import may_found_under

if TYPE_CHECKING:
    from collections.abc import Iterator


@hooks.register("register_admin_urls")
def editing_urls() -> list[Any]:
    """Mount the tools."""
    return [path("editing/", include("cms.editing.urls"))]


class CopyMenuItem(ActionMenuItem):
    """复制为新的一条, in the editor's menu of actions: posts to the copying view."""

    name = "action-copy-record"
    label = _("复制为新的一条")
    icon_name = "copy"
    template_name = "editing/copy_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it while editing a disclosure or a notice."""
        return context["view"] == "edit" and isinstance(context["page"], RecordPage)


@hooks.register("register_page_action_menu_item")
def copy_menu_item() -> CopyMenuItem:
    """Offer the copy."""
    return CopyMenuItem(order=60)


@hooks.register("register_page_header_buttons")
def tool_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer importing and founding where the person may."""
    organisation = page.specific if isinstance(page.specific, OrganisationPage) else None
    if organisation is None:
        return
    if organisation.permissions_for_user(user).can_add_subpage():
        url = reverse("editing:import", args=[page.pk])
        yield Button(_("从表格导入公开信息"), url, icon_name="upload", priority=70)
        yield Button(
            _("成批提交草稿"), reverse("editing:bundle", args=[page.pk]), icon_name="folder-open-1", priority=71
        )
    if isinstance(organisation, DepartmentPage) and may_found_under(user, organisation):
        url = reverse("editing:found", args=[page.pk])
        yield Button(_("新设单位"), url, icon_name="plus", priority=71)
