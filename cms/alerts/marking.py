"""When a banner comes, changes or goes, the pages in its reach are told to have changed; its end they know by clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cms.delivery.stored import topics
from ledger.changes import announce
from pages import alerts
from pages.identity import source_locale_id
from pages.models import NoticePage, OrganisationPage

if TYPE_CHECKING:
    from collections.abc import Sequence


def tell_of_page(page: Any) -> None:
    """Tell of the banner that a saved page is or was, and of those whose writer it is."""
    if isinstance(page, NoticePage):
        _tell_of_family(page.translation_key)
    elif isinstance(page, OrganisationPage):
        _tell(alerts.pending(page.path, timezone.now()))


def tell_of_record(record: Any) -> None:
    """Tell of the banner whose place in the register changed: it was withdrawn, or is back."""
    _tell(_alerts().filter(pk=record.page_id))


def _tell_of_family(key: Any) -> None:
    # The title of its translation stands in the banner, too.
    _tell(_alerts().filter(translation_key=key))


def _alerts() -> Any:
    found = NoticePage.objects.exclude(alert_scope="").filter(locale_id=source_locale_id(), record__isnull=False)
    return found.filter(ends_at__gte=timezone.now()).select_related("record__organisation__industry")


def _tell(notices: Sequence[NoticePage]) -> None:
    for reach in alerts.reaches(list(notices)).values():
        everywhere = reach.everywhere or reach.industry is not None
        announce(keys=[each.pk for each in reach.branches], topics={topics.FRAME} if everywhere else ())
