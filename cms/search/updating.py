"""When the search row of a page is written: at every save but that of a draft, of which nothing is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import get_page_models

from snippets.models import SearchWords

from .lexicon import announce

if TYPE_CHECKING:
    from collections.abc import Collection

    from wagtail.models import Page

# What saving a revision writes into the page's own row.
OF_A_DRAFT = frozenset({"latest_revision", "draft_title", "has_unpublished_changes", "latest_revision_created_at"})


def connect() -> None:
    """Take the place of the stock handlers for the pages that leave it free (`search_auto_update`)."""
    for signal in (post_save, post_delete):
        signal.connect(_words_changed, sender=SearchWords)
    for model in get_page_models():
        if not getattr(model, "search_auto_update", True):
            post_save.connect(write_row, sender=model)
            post_delete.connect(post_delete_signal_handler, sender=model)


def _words_changed(**kwargs: Any) -> None:
    announce()


def write_row(instance: Page, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Write the row of a page that was saved."""
    if update_fields is None or not OF_A_DRAFT.issuperset(update_fields):
        post_save_signal_handler(instance, **kwargs)
