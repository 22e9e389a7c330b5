"""Who counts as a reader: somebody of the public at a screen, not a machine, not one of us, not one who declines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

# deploy/nginx/gongkai.conf says the same; a test compares.
MACHINES = (
    "bot|crawl|spider|slurp|scan|monitor|preview|headless|lighthouse|fetch|feed|http|curl|wget|python|java/|go-|okhttp"
)
_MACHINE = re.compile(MACHINES, re.IGNORECASE)


def is_reader(request: HttpRequest) -> bool:
    """Does a reader of the public ask, who did not decline to be counted?"""
    meta = request.META
    agent = meta.get("HTTP_USER_AGENT", "")
    if not agent or _MACHINE.search(agent):
        return False
    if meta.get("HTTP_DNT") == "1" or meta.get("HTTP_SEC_GPC") == "1":
        return False
    if "prefetch" in f"{meta.get('HTTP_SEC_PURPOSE', '')} {meta.get('HTTP_PURPOSE', '')}":
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES
