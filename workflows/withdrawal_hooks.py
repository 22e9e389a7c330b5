"""Hooks of withdrawing: its screens, where they are reached from, and what the history says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from accounts.authority import governs
from accounts.models import Duty
from accounts.withdrawable import WithdrawableMixin, WithdrawalKind

from .offices import WORKING
from .review_views import ReviewsMenuItem
from .scheduling import waiting_schedule
from .withdrawal_views import withdraw_address

if TYPE_CHECKING:
    from wagtail.admin.menu import MenuItem

# What the history of a page or item says of each act.
ACTIONS = {
    "gongkai.withdraw": gettext_lazy("撤下"),
    "gongkai.confirm": gettext_lazy("复核确认"),
    "gongkai.restore": gettext_lazy("恢复公开"),
}


@hooks.register("register_admin_urls")
def withdrawal_urls() -> list[Any]:
    """Mount the screens."""
    return [path("withdrawal/", include("workflows.withdrawal_urls"))]


@hooks.register("register_admin_menu_item")
def reviews_menu_item() -> MenuItem:
    """Put the list into the menu of those who review."""
    return ReviewsMenuItem(
        gettext_lazy("待复核"), reverse_lazy("withdrawal:list"), name="reviews", icon_name="history", order=51
    )


def _may_try(subject: Any, place: Any, user: Any) -> bool:
    """Is it worth offering? No query: the screen itself decides."""
    model = getattr(subject, "specific_class", None) or type(subject)
    return subject.live and issubclass(model, WithdrawableMixin) and governs(user, place, WORKING)


@hooks.register("register_page_listing_more_buttons")
def withdraw_from_the_listing(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer it in the explorer."""
    if _may_try(page, page, user):
        yield Button(_("撤下…"), withdraw_address(page), icon_name="no-view", priority=45)


@hooks.register("register_page_header_buttons")
def withdraw_from_the_page(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer it in the page's own menu; and to stop what is scheduled."""
    yield from withdraw_from_the_listing(page, user, next_url)
    if view_name == "edit" and governs(user, page, [Duty.REVIEWER]) and (schedule := waiting_schedule(page)):
        url = reverse("withdrawal:revoke", args=[schedule.pk])
        yield Button(_("撤销定时…"), url, icon_name="calendar", priority=46)


@hooks.register("register_snippet_listing_buttons")
def withdraw_from_the_items(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer it in the list of service items."""
    if isinstance(snippet, WithdrawableMixin) and _may_try(snippet, getattr(snippet, "provider", None), user):
        yield Button(_("撤下…"), withdraw_address(snippet), icon_name="no-view", priority=45)


@hooks.register("register_log_actions")
def say_in_the_history(actions: Any) -> None:
    """Let the history name the acts, with kind and reason."""
    for name, label in ACTIONS.items():
        formatter = type("ActFormatter", (ActFormatter,), {"label": label})
        actions.register_action(name)(formatter)


class ActFormatter(LogFormatter):
    """Words of one act."""

    label: Any = ""

    def format_message(self, log_entry: Any) -> str:
        """Say what was done, for which office, and why."""
        data = log_entry.data or {}
        kind = WithdrawalKind(data["kind"]).label if data.get("kind") else ""
        parts = [self.label, data.get("office"), kind, data.get("reason") or data.get("comment")]
        return " · ".join(str(part) for part in parts if part)
