"""Listen to everything that changes what the public sees."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from media.usage import is_reworded
from pages.bulk import pages_loaded
from pages.lifecycle import unit_type_changed
from pages.models import PhoneCheck, RosterEntry
from snippets.models import CatalogueEntry, Industry, ServiceItem

from .kinds import CHANGED, DELETED
from .places import place_of
from .recording import (
    tell,
    tell_deleted,
    tell_loaded,
    tell_moved,
    tell_published,
    tell_restricted,
    tell_what_uses,
    tell_withdrawn,
)

# What has no draft: saved is public.
AT_ONCE = (CatalogueEntry, Industry)
# Rows of the system that are shown with an organisation.
OF_ORGANISATIONS = (RosterEntry, PhoneCheck)


def connect() -> None:
    """Listen; after the register and the roster, whose rows are told of."""
    page_published.connect(went_public, dispatch_uid="cms.public_events")
    page_unpublished.connect(left_public, dispatch_uid="cms.public_events")
    post_page_move.connect(page_moved, dispatch_uid="cms.public_events")
    pages_loaded.connect(many_loaded, dispatch_uid="cms.public_events")
    pre_delete.connect(page_deleted, sender=Page, dispatch_uid="cms.public_events")
    published.connect(went_public, sender=ServiceItem, dispatch_uid="cms.public_events")
    unpublished.connect(left_public, sender=ServiceItem, dispatch_uid="cms.public_events")
    pre_delete.connect(page_deleted, sender=ServiceItem, dispatch_uid="cms.public_events")
    post_save.connect(restriction_set, sender=PageViewRestriction, dispatch_uid="cms.public_events")
    post_delete.connect(restriction_gone, sender=PageViewRestriction, dispatch_uid="cms.public_events")
    model: type[Any]
    for model in AT_ONCE:
        post_save.connect(row_saved, sender=model, dispatch_uid="cms.public_events")
        post_delete.connect(row_deleted, sender=model, dispatch_uid="cms.public_events")
    for model in (get_image_model(), get_document_model()):
        pre_save.connect(file_compared, sender=model, dispatch_uid="cms.public_events")
        post_save.connect(file_saved, sender=model, dispatch_uid="cms.public_events")
    unit_type_changed.connect(type_changed, dispatch_uid="cms.public_events")
    for model in OF_ORGANISATIONS:
        post_save.connect(organisation_changed, sender=model, dispatch_uid="cms.public_events")


def went_public(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell of what was published; what waits for its hour is not."""
    if instance.live:
        tell_published(instance)


def left_public(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell of what left the public."""
    tell_withdrawn(instance)


def page_moved(sender: Any, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Tell of a move; another order among the same neighbours is none."""
    if parent_page_before.pk != parent_page_after.pk:
        tell_moved(instance, parent_page_before, parent_page_after)


def many_loaded(sender: Any, parent: Page, **kwargs: Any) -> None:
    """Tell of a load."""
    tell_loaded(parent)


def page_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell what is about to be gone, while it can still be described."""
    tell_deleted(instance)


def restriction_set(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Tell of the first restriction over a place."""
    above = instance.page.path[: -Page.steplen]
    if created and not raw and instance.page.view_restrictions.count() == 1 and place_of(above).is_open:
        tell_restricted(instance.page, is_open=False)


def restriction_gone(sender: Any, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Tell that a place is open again; not when it is deleted together with its restriction."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(model, PageViewRestriction) and place_of(instance.page.path).is_open:
        tell_restricted(instance.page, is_open=True)


def row_saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Tell of an entry or industry."""
    if not raw:
        tell(CHANGED, instance)


def row_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell that an entry or industry is gone."""
    tell(DELETED, instance)


def organisation_changed(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Tell of an organisation whose row changed; the first one is written by its publication."""
    page = instance.organisation
    if not raw and page.live and not (created and sender is RosterEntry):
        tell(CHANGED, page)


def type_changed(sender: Any, page: Page, **kwargs: Any) -> None:
    """Tell of a unit that has other fields from now on."""
    if page.live:
        tell(CHANGED, page)


def file_compared(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Look, before it is gone, whether anything changes that is shown of an image or document."""
    instance.is_reworded = not raw and is_reworded(instance, update_fields)


def file_saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell of whatever shows an image or document that is another one now."""
    if instance.is_reworded:
        tell_what_uses(instance)
