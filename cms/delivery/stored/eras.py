"""The era of an answer: the program that made it, and what stands in every answer."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

# What decides what an answer looks like.
SETTINGS = (
    "BASE_URL",
    "TRADITIONAL_CONVERSION",
    "STATIC_URL",
    "EXPORT_LICENCE",
    "EXPORT_LICENCE_URL",
    "EXPORT_ATTRIBUTION",
)
PARTS = ("*.py", "*.html", "*.mo", "*.json", "*.css", "*.js")
ROOMS = ("accounts", "blocks", "cms", "industries", "ledger", "locale", "media", "pages", "rules", "snippets", "static")
MORE_ROOMS = ("templates", "workflows")


@cache
def edition() -> str:
    """Return a word for the program as it stands: another program renders everything anew."""
    digest = sha256(" ".join(str(getattr(settings, name)) for name in SETTINGS).encode())
    for room in (*ROOMS, *MORE_ROOMS):
        folder = Path(settings.BASE_DIR) / room
        for path in sorted(each for part in PARTS for each in folder.rglob(part)):
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def of_page(frame: int, content: int) -> str:
    """Return the era of HTML: with what stands around every page."""
    return f"{edition()}.{content}.{frame}"


def of_row(frame: int, content: int) -> str:
    """Return the era of the API's answers."""
    return f"{edition()}.{content}"
