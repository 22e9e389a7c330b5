"""Rows of lists, as the components take them. Each function costs a fixed number of queries: one, and only abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..models import Validity
from . import times

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from wagtail.models import Page

    from ..models import NoticePage, OrganisationPage, PublicationRecord
    from .reader import Reader

Row = dict[str, Any]


def disclosure_rows(reader: Reader, records: Sequence[PublicationRecord]) -> list[Row]:
    """Describe records with their publisher, for a list of several organisations (`row_disclosure.html`).

    The records come with page and organisation (`select_related`).
    """
    pages = {record: record.page for record in records if record.page}
    shown = reader.translated([*pages.values(), *(record.organisation for record in pages)])
    return [
        record_row(reader, record, shown[page.pk], [name(shown[record.organisation_id])])
        for record, page in pages.items()
    ]


def record_row(reader: Reader, record: PublicationRecord, page: Page, meta: list[str]) -> Row:
    """Describe one record, shown as `page` in the reader's language."""
    return {
        **reader.link(page),
        "date": timezone.localdate(record.first_published_at),
        "meta": meta,
        "index_number": record.index_number,
        "status": record.get_validity_display(),
        "void": record.validity != Validity.IN_FORCE,
    }


def notice_rows(reader: Reader, notices: Sequence[NoticePage], now: datetime) -> list[Row]:
    """Describe notices with their publisher (`row_notice.html`). They come with their record's organisation."""
    publishers = [notice.record.organisation for notice in notices]
    shown = reader.translated([*notices, *publishers])
    return [
        {
            **reader.link(shown[notice.pk]),
            "when": times.when(notice, now),
            "until": times.until(notice, now),
            "kind": notice.get_kind_display(),
            "publisher": name(shown[publisher.pk]),
            "urgent": notice.is_urgent,
        }
        for notice, publisher in zip(notices, publishers, strict=True)
    ]


def organisation_rows(reader: Reader, pages: Iterable[OrganisationPage]) -> list[Row]:
    """Describe organisations by name, with their branch beside it (`row_unit.html`). They come with their industry."""
    pages = list(pages)
    shown = reader.translated(pages)
    return [
        {**reader.link(shown[page.pk]), "note": page.industry.display_title if page.industry else ""} for page in pages
    ]


def name(page: Page) -> str:
    """Return the short name of an organisation where there is one."""
    return str(getattr(page, "display_name", "") or page.title)
