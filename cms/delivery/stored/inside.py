"""Ask the site from inside, as the public would: to store an answer, or to see what would be rendered now."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from ..modes import COOKIE

# Stands in the environment of a request, where no header from outside can put it.
FRESH = "gongkai.fresh"


class Inside:
    """A reader without a network. What it asks is stored like what anybody asks."""

    def __init__(self) -> None:
        base = urlsplit(settings.BASE_URL)
        self.client = Client(raise_request_exception=False, headers={"host": base.netloc})
        self.more: dict[str, Any] = {"secure": base.scheme == "https", "SERVER_NAME": base.hostname or "localhost"}

    def ask(self, address: str, variant: str = "") -> Any:
        """Return the answer under an address."""
        self._choose(variant)
        return self.client.get(address, **self.more)

    def render(self, address: str, variant: str = "") -> Any:
        """Return what is rendered under an address now, whatever is stored."""
        self._choose(variant)
        return self.client.get(address, **self.more | {FRESH: True})

    def _choose(self, variant: str) -> None:
        self.client.cookies.clear()
        if variant:
            self.client.cookies[COOKIE] = variant
