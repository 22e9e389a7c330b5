"""What a reader sees of a page: its text and links, found by the words a reader would look for."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client


class Seen:
    """A page as it was served."""

    def __init__(self, path: str, client: Client | None = None, **data: Any) -> None:
        self.response = (client or Client(SERVER_NAME="localhost")).get(path, data)
        self.status = self.response.status_code
        self.html = self.response.content.decode()
        self.context = self.response.context

    @property
    def main(self) -> str:
        """Return the content's words, one space between them."""
        return words(self.html.partition("<main")[2].partition("</main>")[0])

    @property
    def links(self) -> dict[str, str]:
        """Return the first address under each link's words, of the whole page."""
        found: dict[str, str] = {}
        for attributes, inner in re.findall(r"<a\s([^>]*)>(.*?)</a>", self.html, re.DOTALL):
            if address := re.search(r'href="([^"]*)"', attributes):
                found.setdefault(words(inner), unescape(address[1]))
        return found

    @property
    def crumbs(self) -> list[str]:
        """Return the breadcrumbs."""
        crumb = re.search(r'<ol class="crumb">(.*?)</ol>', self.html, re.DOTALL)
        return [words(item) for item in re.findall(r"<li.*?</li>", crumb[1], re.DOTALL)] if crumb else []

    def section(self, heading: str) -> str:
        """Return the words from a heading to the next of its rank."""
        found = re.search(rf"<h2[^>]*>\s*{heading}.*?(?=<h2|</main>)", self.html, re.DOTALL)
        return words(found[0]) if found else ""


def words(html: str) -> str:
    """Return the text of a piece of HTML."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()
