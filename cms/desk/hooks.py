"""Hooks of the desk; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.views import home
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.models import Page

from pages.levels import refusal

from . import bulk, redirects  # noqa: F401 (both register)
from .account import WholeNameForm
from .deletion import refuse
from .explorer import DeskPageViewSet
from .menu import for_the_clerk, without_links_abroad, without_what_misleads
from .page_api import AskedPagesAPI
from .panels import BelowPanel, GapsPanel, MinePanel, ReviewsPanel, WaitingPanel, WelcomePanel
from .reports import name_nobody_else

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.api.v2.router import WagtailAPIRouter

# Wagtail lists this panel itself; there is no setting for its form.
NameEmailSettingsPanel.form_class = WholeNameForm
name_nobody_else()

STYLESHEETS = ("gongkai.css", "desk.css", "door.css")


@hooks.register("insert_global_admin_css")
def our_look() -> SafeString:
    """Load the public look, scoped to `.gk`, for our screens in the admin."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(name),) for name in STYLESHEETS))


@hooks.register("construct_homepage_panels", order=-10)
def our_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Put our panels in the place of Wagtail's, which ask 23 queries per row; other people's stay."""
    panels[:] = [panel for panel in panels if type(panel).__module__ != home.__name__]
    panels += [WelcomePanel(), WaitingPanel(), ReviewsPanel(), MinePanel(), GapsPanel(), BelowPanel()]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages, images and files tell nobody what to do."""
    items.clear()


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    """Mount the desk's own screens."""
    return [path("desk/", include("cms.desk.below_view"))]


@hooks.register("register_admin_viewset")
def our_explorer() -> DeskPageViewSet:
    """Explore pages by state and industry, always in pages of fifty."""
    return DeskPageViewSet()


@hooks.register("construct_admin_api", order=100)
def one_writer_of_the_tree(router: WagtailAPIRouter) -> None:
    """Let the admin's API act on pages one by one."""
    router.register_endpoint("pages", AskedPagesAPI)


@hooks.register("before_move_page")
def ask_before_a_move_is_shown(request: HttpRequest, page: Any, destination: Any) -> HttpResponse | None:
    """Wagtail asks whether one may move the page only after it has been confirmed; and never says why not."""
    permissions = page.permissions_for_user(request.user)
    if permissions.can_move() and (reason := refusal(page.specific_class, destination.specific_class or Page)):
        messages.error(request, reason)
        return redirect("wagtailadmin_pages:move", page.pk)
    if not permissions.can_move_to(destination.specific):
        raise PermissionDenied
    return None


@hooks.register("before_delete_page")
def refuse_deletion_by_accident(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse with a sentence what the database would refuse with an error."""
    return refuse(request, [page])


@hooks.register("before_bulk_action")
def refuse_deletion_in_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """The same for many at once: one that may not go keeps all."""
    pages = [each.specific for each in objects if isinstance(each, Page)]
    return refuse(request, pages) if action_type == "delete" else None


hooks.register("construct_main_menu", for_the_clerk)
hooks.register("construct_settings_menu", without_what_misleads)
hooks.register("construct_reports_menu", without_what_misleads)
hooks.register("construct_help_menu", without_links_abroad)
