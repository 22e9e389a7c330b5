"""Facts Wagtail announces, written to the register and the roster."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from accounts.withdrawable import Leaving, WithdrawalKind
from media.renditions import forget_renditions

from .identity import is_source
from .models import OrganisationPage, PageWithdrawal, RecordPage, StandardPage
from .register import record_publication
from .roster import ensure_roster_entry
from .withdrawing import note_leaving


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Enter records in the register, organisations in the roster. A merely scheduled page is not live yet."""
    if isinstance(instance, RecordPage):
        record_publication(instance)
    elif isinstance(instance, OrganisationPage) and is_source(instance):
        ensure_roster_entry(instance)
    elif isinstance(instance, StandardPage) and instance.live:
        PageWithdrawal.objects.filter(page=instance.pk).delete()


def on_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Mark what left the public; whoever withdraws says more of it afterwards (`pages.withdrawing`)."""
    if instance.expired:
        leaving = Leaving(WithdrawalKind.EXPIRED, getattr(instance, "expiry_reason", ""))
    else:
        leaving = Leaving(WithdrawalKind.GONE)
    note_leaving(instance, leaving)
    forget_renditions(instance)


def on_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Forget how it left the public: Wagtail withdraws a page that it is about to delete, so that a row comes late."""
    PageWithdrawal.objects.filter(page=instance.pk).delete()


def connect() -> None:
    """Connect the receivers."""
    page_published.connect(on_published, dispatch_uid="pages.on_published")
    page_unpublished.connect(on_unpublished, dispatch_uid="pages.on_unpublished")
    post_delete.connect(on_deleted, sender=Page, dispatch_uid="pages.on_deleted")
