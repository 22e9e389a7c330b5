"""Hooks of the people; imported by cms.wagtail_hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from accounts.models import Duty
from pages.models import OrganisationPage

from .leave.panels import LeavePanel
from .menu import people_menu
from .reach import may_appoint_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

WORDS = {
    "accounts.appoint": _("任命 %(person)s 为%(duty)s"),
    "accounts.suspend": _("暂停 %(person)s 的%(duty)s职责"),
    "accounts.resume": _("恢复 %(person)s 的%(duty)s职责"),
    "accounts.relieve": _("免去 %(person)s 的%(duty)s职责"),
}


@hooks.register("register_admin_urls")
def people_urls() -> list[Any]:
    """Mount the screen."""
    return [path("people/", include("cms.people.urls"))]


hooks.register("register_admin_menu_item", people_menu)


@hooks.register("construct_homepage_panels")
def say_who_stands_in(request: HttpRequest, panels: list[Any]) -> None:
    """Put today's leaves on the start page."""
    panels.append(LeavePanel())


@hooks.register("register_page_header_buttons")
def people_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer the screen to those who appoint here."""
    if issubclass(page.specific_class or type(page), OrganisationPage) and may_appoint_at(user, page):
        yield Button(_("人员"), reverse("people:people", args=[page.pk]), icon_name="group", priority=72)


@hooks.register("register_log_actions")
def log_appointments(actions: Any) -> None:
    """Let the history of an organisation say who was appointed and relieved."""
    for action, words in WORDS.items():
        actions.register_action(action)(_formatter(words))


def _formatter(words: Any) -> type[LogFormatter]:
    class AppointmentFormatter(LogFormatter):
        label = _("人员任免")

        def format_message(self, log_entry: Any) -> str:
            return str(words % {"person": log_entry.data["person"], "duty": Duty(log_entry.data["duty"]).label})

    return AppointmentFormatter
