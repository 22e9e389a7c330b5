"""What others say is text and nothing else, and their addresses lead to public pages, or they are not shown."""

from __future__ import annotations

import html
import unicodedata
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import nh3
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from ledger.guarded_http import is_allowed, is_literally_private

from .addresses import host_of
from .kinds import SHOWN

if TYPE_CHECKING:
    from .kinds import Answer, Finding

TITLE, EXCERPT, PUBLISHER, ADDRESS = 160, 240, 60, 2_000
# Longer than anything shown; nobody takes a book apart for its first line.
LOOKED_AT = 4_000
EARLIEST = date(1990, 1, 1)
# Control, format (such as what turns the direction of writing), surrogate, private use, not assigned.
NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def text_of(value: Any, most: int) -> str:
    """Return plain text: no tags, no controls, no letters that no encoding holds, one space where there were many."""
    if not isinstance(value, str | int):
        return ""
    plain = "".join(" " if unicodedata.category(each) in NO_TEXT else each for each in str(value)[:LOOKED_AT])
    # Tags first, then what is written as an entity: `&lt;b&gt;` in a title is a tag of a sloppy feed.
    for _turn in range(2):
        plain = html.unescape(nh3.clean(plain, tags=set(), clean_content_tags={"script", "style"}))
    plain = " ".join("".join(" " if unicodedata.category(each) in NO_TEXT else each for each in plain).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def address_of(value: Any, base: str) -> str:
    """Return a whole web address that a reader may be led to, in ASCII; "" for any other."""
    if not isinstance(value, str) or not 0 < len(value) <= ADDRESS:
        return ""
    if any(unicodedata.category(each) in NO_TEXT for each in value.strip()) or "\\" in value:
        return ""
    try:
        address = urljoin(base, value.strip())
        parts = urlsplit(address)
        _number = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        return ""
    # A link into the network of whoever reads it is none that a public page has.
    if is_literally_private(parts) and not is_allowed(parts):
        return ""
    # Whatever is Chinese in it is encoded: a page that is converted to Traditional must still lead there.
    host = host_of(address)
    port = f":{parts.port}" if parts.port else ""
    named = f"[{host}]" if ":" in host else host
    return str(iri_to_uri(urlunsplit(parts._replace(netloc=f"{named}{port}")))) if host else ""


def date_of(value: Any) -> date | None:
    """Return the day that is meant: of RFC 3339, RFC 822 or a plain date; None for what cannot be one."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    said = value.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(said)
            day = timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return day if EARLIEST <= day <= timezone.localdate() + timedelta(days=1) else None
    return None


def cleaned(answer: Answer, base: str) -> Answer:
    """Return the first results that can be shown, and how many of those looked at cannot."""
    base = answer.base or base
    shown: list[Finding] = []
    dropped = answer.dropped
    for finding in answer.findings:
        if len(shown) == SHOWN:
            break
        clean = _clean(finding, base)
        if clean is None:
            dropped += 1
        else:
            shown.append(clean)
    return replace(answer, findings=tuple(shown), dropped=dropped, more=address_of(answer.more, base))


def _clean(finding: Finding, base: str) -> Finding | None:
    url, title = address_of(finding.url, base), text_of(finding.title, TITLE)
    host = host_of(url)
    if not host or not title:
        return None
    return replace(
        finding,
        title=title,
        url=url,
        host=host,
        excerpt=text_of(finding.excerpt, EXCERPT),
        publisher=text_of(finding.publisher, PUBLISHER),
    )


def total_of(value: Any) -> int | None:
    """Return a count that a source tells of; None for what is no count."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if 0 <= number < 10**9 else None
