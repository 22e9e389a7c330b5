"""The links of the service items, asked as a polite robot asks: HEAD first, then the beginning of the page."""

from __future__ import annotations

import ssl
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ledger.guarded_http import AGENT, ForbiddenAddressError, Reply, UnreachableError, get
from pages.identity import source_locale_id
from snippets.models import ServiceItem

from .probes import Finding, Outcome, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

# The page is there, but not for machines.
SHY = {401, 403, 405, 406}
# Asked too often: that says nothing about the page.
BUSY = {429}
FAULTY = 400


class LinkProbe:
    """Every address that live items send the public to, once however many items share it."""

    code = "link"
    label = _("办理链接")

    def targets(self) -> Iterator[Target]:
        """Return the addresses. One query."""
        items: dict[str, set[int]] = defaultdict(set)
        live = ServiceItem.objects.filter(live=True, locale_id=source_locale_id()).exclude(link="")
        for pk, link in live.order_by().values_list("pk", "link"):
            items[link].add(pk)
        for link, keys in items.items():
            yield Target(link, frozenset(keys), host_of(link))

    def check(self, target: Target) -> Finding:
        """Ask an address."""
        try:
            reply = self._asked(target.key)
        except ForbiddenAddressError:
            return Finding(Outcome.FAILING, "private")
        except UnreachableError as error:
            reason = reason_of(error)
            return Finding(Outcome.FAILING, reason, is_network=reason != "certificate")
        if reply.status in BUSY:
            return Finding(Outcome.UNSURE, f"status {reply.status}")
        if reply.status >= FAULTY and reply.status not in SHY:
            return Finding(Outcome.FAILING, f"status {reply.status}")
        return Finding(Outcome.WORKING)

    def _asked(self, url: str) -> Reply:
        """Ask for the head; whoever does not like that is asked for the page."""
        headers = {"User-Agent": f"{AGENT} (+{settings.BASE_URL})"}
        try:
            reply = get(url, method="HEAD", headers=headers)
        except UnreachableError as error:
            # A server that cuts off a HEAD may answer a GET; one that is silent would be so again.
            if reason_of(error) != "connection":
                raise
        else:
            if reply.status < FAULTY or reply.status in BUSY:
                return reply
        return get(url, headers=headers)


def host_of(url: str) -> str:
    """Return whom an address burdens."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def reason_of(error: UnreachableError) -> str:
    """Return why nobody answered, in one word."""
    text = str(error)
    if isinstance(error.__cause__, ssl.SSLError):
        return "certificate"
    if "too slow" in text or isinstance(error.__cause__, TimeoutError):
        return "timeout"
    if "redirects" in text:
        return "redirects"
    return "name" if "name server" in text or "Name or service" in text or "Errno -" in text else "connection"
