"""What the address of something withdrawn answers: its text under a notice, another page, or that it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.withdrawable import WITH_TARGET, WithdrawalKind
from blocks.without_files import without_files

from ..identity import source_of
from ..models import PublicationRecord, RecordPage, StandardPage
from ..withdrawing import answer_withdrawn
from .generated import way_to
from .reader import Reader

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from accounts.withdrawable import Withdrawn


@answer_withdrawn.register(RecordPage)
@answer_withdrawn.register(StandardPage)
def answer_for_page(page: Any, request: HttpRequest, row: Withdrawn) -> HttpResponse:
    """Answer under the page's own address."""
    reader = Reader(request)
    if (led := led_on(row, reader)) is not None:
        return led
    if row.withdrawal_kind == WithdrawalKind.NOTICE and row.withdrawn_revision is not None:
        return _under_notice(readable(row), row, reader)
    return gone(row, page.title, page.organisation, reader)


def answer_for_record(record: PublicationRecord, request: HttpRequest) -> HttpResponse:
    """Answer under an index number; it outlives its page."""
    reader = Reader(request)
    page = record.page.specific if record.page is not None else None
    if page is not None and record.withdrawal_kind:
        return answer_for_page(page, request, record)
    return led_on(record, reader) or gone(record, record.title, record.organisation, reader)


def led_on(row: Withdrawn, reader: Reader) -> HttpResponse | None:
    """Lead to where the withdrawal points, while that is public; the reader's language is kept."""
    target = row.withdrawn_to if row.withdrawal_kind in WITH_TARGET else None
    if target is None or not target.live:
        return None
    source = source_of(target.specific_deferred)
    url = reader.url(reader.translated([source])[source.pk])
    return moved_for_good(url) if url else None


def moved_for_good(url: str) -> HttpResponse:
    """Redirect for good, but let nobody keep the answer: the review may restore the old address."""
    response = HttpResponseRedirect(url, status=301)
    response.headers["Cache-Control"] = "no-cache"
    return response


def readable(row: Withdrawn) -> Any:
    """Return the version that was public, its text without files and pictures."""
    revision = row.withdrawn_revision
    assert revision is not None  # noqa: S101 (for the type checker; who calls has asked)
    page = revision.as_object()
    if hasattr(page, "body"):
        page.body = without_files(page.body)
    return page


def _under_notice(page: Any, row: Withdrawn, reader: Reader) -> HttpResponse:
    context = page.get_context(reader.request)
    context |= {
        "withdrawal": withdrawal_banner(row, reader),
        "attachments": [],
        "validity": None,
        "seal": "",
        "feeds": [],
        "robots": "noindex",
        # A machine that reads the page is not to take it for what holds.
        "json_ld": "",
    }
    return TemplateResponse(reader.request, page.get_template(reader.request), context)


def withdrawal_banner(row: Withdrawn, reader: Reader) -> dict[str, Any]:
    """Return what the banner says (`withdrawal_banner.html`)."""
    target = row.withdrawn_to
    return {
        "kind": row.withdrawal_kind,
        "date": withdrawn_on(row),
        "reason": row.withdrawal_reason,
        "by": row.withdrawn_by.title if row.withdrawn_by else "",
        "target": reader.link(reader.translated([target])[target.pk]) if target is not None and target.live else None,
    }


def withdrawn_on(row: Withdrawn) -> date | None:
    """Return the day it left the public, in Beijing."""
    at = row.withdrawn_at or getattr(row, "last_published_at", None)
    return timezone.localdate(at) if at else None


def gone(row: Withdrawn, title: str, organisation: Page | None, reader: Reader) -> HttpResponse:
    """Answer 410 with the reason, the number and the way on."""
    way = way_to(organisation, reader) if organisation is not None else []
    context = {
        "record": row if isinstance(row, PublicationRecord) else None,
        "title": title,
        "page_title": title,
        "withdrawal": withdrawal_banner(row, reader),
        "organisation": way[-1] if way else None,
        "breadcrumbs": [*way, {"title": title, "url": None}],
    }
    return TemplateResponse(reader.request, "pages/withdrawn.html", context, status=410)
