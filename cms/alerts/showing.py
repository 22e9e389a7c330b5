"""The banners of a page, as its frame shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pages.alerts import SHOWN, here
from pages.presentation import times
from pages.presentation.rows import name

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Page

    from pages.models import NoticePage
    from pages.presentation import Reader


@dataclass(frozen=True)
class Shown:
    """The gravest banners, and how many more there are."""

    rows: list[dict[str, Any]]
    more: int


def alerts_on(page: Page | None, reader: Reader) -> Shown:
    """Return the banners of a page (`alerts.html`). One query where there are none, at most six."""
    now = timezone.now()
    found = here(page, now)
    return Shown(_rows(found[:SHOWN], reader, now), max(len(found) - SHOWN, 0))


def _rows(notices: list[NoticePage], reader: Reader, now: datetime) -> list[dict[str, Any]]:
    publishers = {notice.pk: notice.record.organisation for notice in notices}
    shown = reader.translated([*notices, *publishers.values()])
    return [
        {
            **reader.link(shown[notice.pk]),
            "severity": notice.alert_severity,
            "label": notice.get_alert_severity_display(),
            "until": times.until(notice, now),
            "area": notice.area,
            "area_lang": reader.tag(notice),
            "phone": notice.contact_phone,
            "publisher": name(shown[publishers[notice.pk].pk]),
        }
        for notice in notices
    ]
