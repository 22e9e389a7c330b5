"""What is set up once: wagtail-localize asks our policies, and a translation leaves the public with its source."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save
from wagtail.models import Page
from wagtail.signals import page_unpublished, unpublished
from wagtail_localize.models import StringTranslation, post_save_string_translation
from wagtail_localize.views import edit_translation

from pages.identity import is_source

from .rights import may_edit

DRAFT_TITLE_LENGTH = Page._meta.get_field("draft_title").max_length


def connect() -> None:
    """Connect the receivers, and answer wagtail-localize's one question about rights from the policies."""
    # For snippets it would ask for Django's permission on the whole model, which nobody holds.
    edit_translation.user_can_edit_instance = may_edit
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)
    post_save.connect(name_the_draft, sender=StringTranslation, dispatch_uid="cms.languages.title")
    pre_save.connect(without_nul, sender=StringTranslation, dispatch_uid="cms.languages.string")
    page_unpublished.connect(withdraw_translations, dispatch_uid="cms.languages.page")
    unpublished.connect(withdraw_translations, dispatch_uid="cms.languages.item")


def without_nul(sender: Any, instance: StringTranslation, **kwargs: Any) -> None:
    """Take out what PostgreSQL cannot store."""
    instance.data = instance.data.replace("\x00", "")


def name_the_draft(sender: Any, instance: StringTranslation, **kwargs: Any) -> None:
    """Name a draft by its translated title; one too long is cut here and refused when it is submitted."""
    if instance.context is not None and instance.context.path == "title":
        copies = Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id)
        copies.update(draft_title=instance.data[:DRAFT_TITLE_LENGTH])


def withdraw_translations(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Withdraw the copies of a source that was withdrawn: what is no longer true in Chinese is not so in English."""
    if not hasattr(instance, "translation_key") or not is_source(instance):
        return
    copies = Page.objects if isinstance(instance, Page) else type(instance)._default_manager
    for copy in copies.filter(translation_key=instance.translation_key, live=True).exclude(pk=instance.pk):
        getattr(copy, "specific", copy).unpublish()
