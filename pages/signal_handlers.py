"""Facts Wagtail announces, written to the register and the roster."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_unpublished

from .identity import is_source
from .models import OrganisationPage, RecordPage
from .register import record_publication, record_withdrawal
from .roster import ensure_roster_entry


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Enter records in the register, organisations in the roster. A merely scheduled page is not live yet."""
    if isinstance(instance, RecordPage):
        record_publication(instance)
    elif isinstance(instance, OrganisationPage) and is_source(instance):
        ensure_roster_entry(instance)


def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Mark what left the public."""
    if isinstance(instance, RecordPage):
        record_withdrawal(instance)


def connect() -> None:
    """Connect the receivers."""
    page_published.connect(on_published, dispatch_uid="pages.on_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="pages.on_unpublished")
