"""Hooks of the desk; imported by cms.wagtail_hooks."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

STYLESHEETS = ("gongkai.css", "desk.css")


@hooks.register("insert_global_admin_css")
def our_look() -> SafeString:
    """Load the public look, scoped to `.gk`, for our screens in the admin."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(name),) for name in STYLESHEETS))
