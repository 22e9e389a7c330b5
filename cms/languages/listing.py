"""The translation entries in the menu of a listed item.

wagtail-localize asks the database twice for each row; here the listing has asked for all (see `snippets.listing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail_localize.wagtail_hooks import register_snippet_listing_buttons as stock

from .rights import may_translate

if TYPE_CHECKING:
    from collections.abc import Iterator

HOOK = "register_snippet_listing_buttons"
# Wagtail has no way to unregister a hook.
hooks._hooks[HOOK] = [each for each in hooks._hooks[HOOK] if each[0] is not stock]


@hooks.register(HOOK)
def buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer to translate an item, and to renew its translations."""
    if not hasattr(snippet, "translation_key") or not may_translate(user, snippet):
        return
    names, label = (snippet._meta.app_label, snippet._meta.model_name), {"title": str(snippet)}
    if snippet.lacks_a_language:
        yield Button(
            _("翻译"),
            reverse("wagtail_localize:submit_snippet_translation", args=[*names, quote(snippet.pk)]),
            attrs={"aria-label": _("翻译“%(title)s”") % label},
            icon_name="wagtail-localize-language",
            priority=100,
        )
    if snippet.followed_source:
        address = reverse("wagtail_localize:update_translations", args=[snippet.followed_source])
        yield Button(
            _("更新译文"),
            f"{address}?{urlencode({'next': next_url})}" if next_url else address,
            attrs={"aria-label": _("更新“%(title)s”的译文") % label},
            icon_name="resubmit",
            priority=106,
        )
