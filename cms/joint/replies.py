"""Asking another host for a reply that can be read: in time, of a bounded size, in JSON or XML."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ledger.guarded_http import LedAwayError, Reply, TooSlowError, UnreachableError, get_there

from .addresses import check_address
from .kinds import SourceError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BYTES = 512 * 1024
OK = 200
AGENT = "GongkaiJointSearch/1.0"
TIMEOUT = _("超时")
UNREACHABLE = _("连不上")
LED_AWAY = _("把请求转到了别的网站")
FORBIDDEN = _("地址不允许访问")
TOO_LARGE = _("答复太大")
UNREADABLE = _("答复读不懂")
REFUSED = _("拒绝答复")


def fetch(address: str, seconds: float, accept: str) -> Reply:
    """Return a whole reply of status 200. Raises SourceError, saying why there is none."""
    try:
        check_address(address)
        headers = {"Accept": accept, "User-Agent": AGENT}
        reply = get_there(address, seconds=seconds, limit=BYTES + 1, headers=headers)
    except TooSlowError as error:
        raise SourceError(TIMEOUT) from error
    except LedAwayError as error:
        raise SourceError(LED_AWAY) from error
    except UnreachableError as error:
        raise SourceError(UNREACHABLE) from error
    # ForbiddenAddressError is one of them.
    except ValueError as error:
        raise SourceError(FORBIDDEN) from error
    if reply.status != OK:
        raise SourceError(format_lazy("{}（HTTP {}）", REFUSED, reply.status))
    if len(reply.body) > BYTES:
        raise SourceError(TOO_LARGE)
    return reply


def fetch_json(address: str, seconds: float) -> Any:
    """Return what JSON says."""
    reply = fetch(address, seconds, "application/json")
    if "json" not in reply.content_type.lower():
        raise SourceError(UNREADABLE)
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise SourceError(UNREADABLE) from error


def fetch_xml(address: str, seconds: float, accept: str) -> Element:
    """Return the root of an XML document; one that declares types or entities is refused whole."""
    reply = fetch(address, seconds, accept)
    if "xml" not in reply.content_type.lower():
        raise SourceError(UNREADABLE)
    try:
        return fromstring(reply.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise SourceError(UNREADABLE) from error


class Time:
    """What is left of the time of a source that is asked twice."""

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Return the seconds left. Raises SourceError when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise SourceError(TIMEOUT)
        return left
