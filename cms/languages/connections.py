"""What is set up once: wagtail-localize asks our policies; a translation leaves the public with its source."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_unpublished, unpublished
from wagtail_localize.views import edit_translation

from pages.identity import is_source

from .rights import may_edit


def connect() -> None:
    """Connect the receivers, and answer wagtail-localize's one question about rights from the policies."""
    # For snippets it would ask for Django's permission on the whole model, which nobody holds.
    edit_translation.user_can_edit_instance = may_edit
    page_unpublished.connect(withdraw_translations, dispatch_uid="cms.languages.page")
    unpublished.connect(withdraw_translations, dispatch_uid="cms.languages.item")


def withdraw_translations(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Withdraw the copies of a source that was withdrawn: what is no longer true in Chinese is not so in English."""
    if not hasattr(instance, "translation_key") or not is_source(instance):
        return
    copies = Page.objects if isinstance(instance, Page) else type(instance)._default_manager
    for copy in copies.filter(translation_key=instance.translation_key, live=True).exclude(pk=instance.pk):
        getattr(copy, "specific", copy).unpublish()
