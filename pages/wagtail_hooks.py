"""What pages tell Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .lifecycle.change import LOG_ACTION


@hooks.register("register_log_actions")
def log_type_changes(actions: Any) -> None:
    """Let the history say that a unit changed its page type, and from which to which."""

    @actions.register_action(LOG_ACTION)
    class TypeChangeFormatter(LogFormatter):
        label = _("更改页面类型")

        def format_message(self, log_entry: Any) -> str:
            message: Any = _("页面类型由 %(from)s 改为 %(to)s")
            return str(message % log_entry.data)
