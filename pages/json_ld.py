"""What other machines read of a page: schema.org in JSON-LD.

Each type registers its description (`pages.presentation.things`); nothing here knows a model.
"""

from __future__ import annotations

import json
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
# Within a script element nothing may end it or open a comment. Not \u-escapes for all of Chinese: the text must stay
# convertible to Traditional characters.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@singledispatch
def described(page: Any, request: HttpRequest) -> Thing:
    """Describe what a page is about; a page type registers its own."""
    return {"@type": "WebPage", "name": page.title, "url": absolute(request, page.get_url(request) or "")}


def script(things: Iterable[Thing | None]) -> SafeString:
    """Write things as the text of a `<script type="application/ld+json">`; what is empty is left out."""
    graph = [pruned(thing) for thing in things if thing]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped in the same line)


def pruned(value: Any) -> Any:
    """Leave out what says nothing: a machine takes an empty name for a name."""
    if isinstance(value, dict):
        kept = {key: pruned(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [pruned(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def trail(breadcrumbs: list[dict[str, Any]], request: HttpRequest) -> Thing | None:
    """Describe the breadcrumbs."""
    if not breadcrumbs:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": item["title"],
                "item": absolute(request, item["url"]) if item["url"] else "",
            }
            for position, item in enumerate(breadcrumbs, start=1)
        ],
    }


def absolute(request: HttpRequest, path: str) -> str:
    """Return a path with the host; an address that has one already stays as it is."""
    return f"{request.scheme}://{request.get_host()}{path}" if path.startswith("/") else path
