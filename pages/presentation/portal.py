"""The home page of a city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rules.han import HAN

from ..identity import source_of
from ..models import CityPortalPage, NoticeIndexPage
from . import reads
from .dispatch import present
from .places import places
from .reader import Reader
from .rows import disclosure_rows, notice_rows
from .services import done_together, service_classes

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

BREAK = mark_safe("<br>")
NOTICES_SHOWN = 6
DISCLOSURES_SHOWN = 6


@present.register(CityPortalPage)
def portal_context(page: CityPortalPage, request: HttpRequest) -> dict[str, Any]:
    """Return the sections of the home page; one with nothing in it is not shown."""
    reader, source, now = Reader(request), source_of(page), timezone.now()
    doors, words = industry_doors(reader)
    classes, services = service_classes(reader)
    newest = reads.latest_disclosures(reads.records_below(source), DISCLOSURES_SHOWN)
    return {
        "hide_search": True,
        "headline": headline(page.headline),
        "hot": popular_searches(reader, page.popular_searches),
        "doors": doors,
        "words": words,
        "notices": notice_rows(reader, reads.notices_now(reads.below(source), now, NOTICES_SHOWN), now),
        "notices_url": notices_url(reader),
        "service_classes": classes,
        "together": done_together() if classes else [],
        "service_count": services,
        "disclosures": disclosure_rows(reader, newest),
        "roster_url": f"{reader.url(page)}roster/",
    }


def notices_url(reader: Reader) -> str:
    """Return the address of all notices, where there is one."""
    page = places(reader.request).first(NoticeIndexPage)
    return reader.url(page) if page else ""


def headline(text: str) -> SafeString:
    """Break the headline where the clerk put a bar."""
    text = text or _("水电气暖、看病上学，|该公开的都在这里")
    return format_html_join(BREAK, "{}", ((part.strip(),) for part in text.split("|")))


def popular_searches(reader: Reader, text: str) -> list[dict[str, str]]:
    """Return the searches the clerk recommends, each as a link; in a foreign language none in Chinese."""
    words = [word.strip() for word in text.replace("；", ";").split(";") if word.strip()]
    if not reader.reads_source:
        # What nobody has translated yet stands there in Chinese.
        words = [word for word in words if not re.search(HAN, word)]
    return [{"title": word, "url": f"{reverse('search')}?{urlencode({'q': word})}"} for word in words]


def industry_doors(reader: Reader) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the statutory sectors as doors and the others as words, each with its number of units."""
    pages = [page for page in reads.industry_pages() if not page.industry.parent_id]
    shown = reader.translated(pages)
    numbers = reads.unit_counts_by_sector(Q())
    doors, words = [], []
    for page in pages:
        industry = page.industry
        item = {
            "title": industry.display_title,
            "url": reader.url(shown[page.pk]),
            "number": numbers.get(industry.pk),
        }
        if industry.is_statutory:
            doors.append({**item, "character": industry.door or industry.title[-1:], "note": industry.display_summary})
        else:
            words.append(item)
    return doors, words
