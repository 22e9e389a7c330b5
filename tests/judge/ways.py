"""The ways a page is read: by light, in the dark, in colours of one's own, in large type; narrow, and set wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .axe import complaints

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What a reader may set for all text (WCAG 1.4.12); as a sheet of the reader's, which no page's policy refuses.
SPACED = "* { line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important }"
SPACE = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"
# 320 px are also what is left of 1280 px at 400 % (WCAG 1.4.10).
NARROW = (390, 320)


def complaints_in_every_way(show: Callable[[str, int], Page]) -> dict[str, list[str]]:
    """Return what axe says, by the way of reading; `show` opens the page in a mode, at a width."""
    tab = show("", 1280)
    found = {"light": complaints(tab)}
    tab.emulate_media(color_scheme="dark")
    found["dark"] = complaints(tab)
    tab.emulate_media(color_scheme="light", forced_colors="active")
    # The colours are the reader's own then; axe goes on reading ours.
    found["forced colours"] = complaints(tab, without=("color-contrast",))
    tab.emulate_media(forced_colors="none")
    found["elder"] = complaints(show("elder", 390))
    return {way: each for way, each in found.items() if each}


def too_wide(tab: Page) -> dict[tuple[int, bool], int]:
    """Return how wide a page is where it is wider than the window, by the window's width and whether it is set wide."""
    widths = {}
    for spaced in (False, True):
        if spaced:
            tab.evaluate(SPACE, SPACED)
        for width in NARROW:
            tab.set_viewport_size({"width": width, "height": 800})
            widths[width, spaced] = tab.evaluate("document.documentElement.scrollWidth")
    return {window: needed for window, needed in widths.items() if needed > window[0]}
