"""What Django and Wagtail announce of themselves becomes a change: saved, deleted, moved.

Where rows are changed without a signal (`QuerySet.update`), whoever does it calls `ledger.changes.announce`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move, pre_page_move

from cms.alerts.marking import tell_of_page, tell_of_record
from ledger.changes import announce
from pages.bulk import pages_loaded
from pages.models import (
    CityPortalPage,
    IndustryPage,
    Keyword,
    NoticeIndexPage,
    NoticePage,
    PageWithdrawal,
    PhoneCheck,
    PublicationRecord,
    RosterEntry,
    ServiceIndexPage,
    StandardPage,
)
from snippets.health import SHOWN, topics_of_items
from snippets.models import (
    CalendarDay,
    CatalogueEntry,
    Industry,
    ItemWithdrawal,
    LifeEvent,
    LifeEventItem,
    ServiceItem,
)

from . import topics

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Saving a draft writes these of its page, and nothing the public sees.
OF_DRAFTS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "go_live_at",
    "locked",
    "locked_at",
    "locked_by",
}
# Named in the menu and the footer of every page.
IN_THE_FRAME = (CityPortalPage, ServiceIndexPage, NoticeIndexPage, StandardPage)
# Stand in answers all over.
EVERYWHERE = (Industry, Keyword, CalendarDay, Locale, Site)


def connect() -> None:
    """Listen."""
    for signal in (post_save, post_delete):
        signal.connect(on_row, dispatch_uid="delivery.row")
    pre_save.connect(before_item, sender=ServiceItem, dispatch_uid="delivery.before_item")
    pre_save.connect(before_notice, sender=NoticePage, dispatch_uid="delivery.before_notice")
    pre_delete.connect(before_deletion, dispatch_uid="delivery.before_deletion")
    pre_page_move.connect(on_move, dispatch_uid="delivery.before_move")
    post_page_move.connect(on_moved, dispatch_uid="delivery.moved")
    page_slug_changed.connect(on_slug, dispatch_uid="delivery.slug")
    m2m_changed.connect(on_links, dispatch_uid="delivery.links")
    pages_loaded.connect(on_load, dispatch_uid="delivery.load")


def on_row(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Tell of a saved or deleted row that the public sees something of."""
    if isinstance(instance, Page):
        _on_page(instance, update_fields)
    elif not _is_of_drafts(update_fields) and (handler := _handler(sender)):
        handler(instance)


def _is_of_drafts(update_fields: Any) -> bool:
    return update_fields is not None and set(update_fields) <= OF_DRAFTS


def _on_page(page: Page, update_fields: Any) -> None:
    is_draft = not page.live and page.first_published_at is None
    if is_draft or _is_of_drafts(update_fields):
        return
    announce(page, topics=_frame_of(page))
    tell_of_page(page)


def before_notice(
    sender: Any, instance: NoticePage, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Tell of the banner that a notice still is."""
    if not raw and instance.pk is not None and instance.live and not _is_of_drafts(update_fields):
        tell_of_page(instance)


def _frame_of(page: Page) -> set[str]:
    kind = page.specific_class
    found = {topics.FRAME} if kind in IN_THE_FRAME else set()
    if kind is ServiceIndexPage:
        found.add(topics.SERVICE_HALL)
    if kind is IndustryPage:
        found.add(topics.INDUSTRY_PAGES)
    return found


def before_item(sender: Any, instance: ServiceItem, raw: bool = False, **kwargs: Any) -> None:
    """Tell of the provider an item leaves, whose pages name it."""
    if raw or instance.pk is None:
        return
    left = ServiceItem.objects.filter(pk=instance.pk).exclude(provider=instance.provider_id)
    if provider := left.values_list("provider", flat=True).first():
        announce(keys=[provider], topics={topics.services_of(provider)})


def before_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell of a page while it can still be asked; afterwards nobody knows what stood beside it."""
    if isinstance(instance, Page) and type(instance) is instance.specific_class:
        record = PublicationRecord.objects.filter(page=instance.pk).select_related("entry").first()
        announce(instance, topics=_frame_of(instance) | (_of_record(record) if record else set()))
        announce(everything=bool(instance.numchild))
        tell_of_page(instance)


def on_move(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Tell of the place a page leaves."""
    announce(instance, topics=_frame_of(instance))


def on_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Tell of the place it comes to. What stands below it gets other addresses, wherever they are written."""
    announce(instance, topics=_frame_of(instance), everything=bool(instance.numchild))


def on_slug(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Tell of another address, of all that stands below it."""
    announce(instance, everything=bool(instance.numchild))


def on_links(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    """Tell of links between rows."""
    if action.startswith("post_") and (handler := _handler(type(instance))):
        handler(instance)


def on_load(sender: Any, parents: Sequence[Page], entered: Sequence[int], **kwargs: Any) -> None:
    """Tell of many new pages by those above them."""
    announce(*parents, entered=entered)


def _of_record(record: PublicationRecord) -> set[str]:
    # Here it is not known which kind of page it is.
    found = {topics.versions(record.organisation_id), topics.notices_of(record.organisation_id)}
    if record.entry is not None:
        found.add(topics.group(record.organisation_id, record.entry.catalogue, record.entry.group_code))
    return found


def _side_row(row: Any) -> None:
    """Tell of the page a side table speaks of."""
    key = getattr(row, "page_id", None) or getattr(row, "organisation_id", None)
    announce(keys=[key] if key else ())


def _record(row: PublicationRecord) -> None:
    """Tell of the page, and of what it is for others."""
    _side_row(row)
    tell_of_record(row)


def _child_row(row: Any) -> None:
    """Tell of the page a row hangs on."""
    parent = next(field for field in row._meta.fields if isinstance(field, ParentalKey))
    announce(keys=[getattr(row, parent.attname)])


def _service_item(item: ServiceItem) -> None:
    provider = item.provider_id
    named = {topics.of(ServiceItem, item.pk), topics.SERVICES, topics.services_of(provider)}
    announce(keys=[provider] if provider else (), topics=named)


def _item_withdrawal(row: Any) -> None:
    announce(topics={topics.of(ServiceItem, row.item_id), topics.SERVICES})


def _life_event(event: LifeEvent) -> None:
    """Tell of the hall, and of the items that name it."""
    items = LifeEventItem.objects.filter(event=event.pk).values_list("item", flat=True)
    announce(topics={SHOWN} | topics_of_items(list(items)))


def _life_event_item(row: LifeEventItem) -> None:
    announce(topics={SHOWN} | topics_of_items([row.item_id]))


def _entry(entry: CatalogueEntry) -> None:
    announce(topics={topics.of(CatalogueEntry, entry.pk), topics.CATALOGUE})


def _redirect(row: Any) -> None:
    announce(topics={topics.of(Redirect, row.pk)})


def _file(row: Any) -> None:
    announce(topics={topics.of(type(row), row.pk)})


def _restriction(row: PageViewRestriction) -> None:
    """Tell of all pages below, too: each leaves the public, or is back."""
    path = Page.objects.filter(pk=row.page_id).values_list("path", flat=True).first()
    below = Page.objects.filter(path__startswith=path, live=True).values_list("pk", flat=True) if path else ()
    announce(entered=below, everything=True)


def _everywhere(row: Any) -> None:
    announce(everything=True)


def _setting(row: Any) -> None:
    announce(topics={topics.FRAME})


HANDLERS: dict[type, Callable[[Any], None]] = {
    RosterEntry: _side_row,
    PhoneCheck: _side_row,
    PublicationRecord: _record,
    PageWithdrawal: _side_row,
    PageViewRestriction: _restriction,
    ServiceItem: _service_item,
    ItemWithdrawal: _item_withdrawal,
    LifeEvent: _life_event,
    LifeEventItem: _life_event_item,
    CatalogueEntry: _entry,
    Redirect: _redirect,
    get_image_model(): _file,
    get_document_model(): _file,
    **dict.fromkeys(EVERYWHERE, _everywhere),
}


def _handler(model: type) -> Callable[[Any], None] | None:
    """Return what tells of rows of a model; None for what the public sees nothing of."""
    if model in HANDLERS:
        return HANDLERS[model]
    if issubclass(model, BaseSiteSetting | BaseGenericSetting):
        return _setting
    meta = getattr(model, "_meta", None)
    parent = next((field for field in meta.fields if isinstance(field, ParentalKey)), None) if meta else None
    return _child_row if parent is not None and issubclass(parent.related_model, Page) else None
