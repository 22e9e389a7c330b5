"""axe finds nothing on any public template, in any state, language and way of reading; and every page fits a phone."""

from __future__ import annotations

import pytest

from .axe import complaints
from .places import LANGUAGES, PLACES

pytestmark = pytest.mark.judge

# What a reader may set for all text (WCAG 1.4.12).
SPACED = "* { line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important }"
# 320 px are also what is left of 1280 px at 400 % (WCAG 1.4.10).
NARROW = (390, 320)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_everybody_can_read_it(city, place, language, reading):
    address = f"{language}{city[place]}"
    joint = "&" if "?" in address else "?"

    tab = reading.open(address)
    found = {"light": complaints(tab)}
    tab.emulate_media(color_scheme="dark")
    found["dark"] = complaints(tab)
    tab.emulate_media(color_scheme="light", forced_colors="active")
    # The colours are the reader's own then; axe goes on reading ours.
    found["forced colours"] = complaints(tab, without=("color-contrast",))
    tab.emulate_media(forced_colors="none")
    found["elder"] = complaints(reading.open(f"{address}{joint}mode=elder", width=390))

    assert {way: each for way, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_nobody_scrolls_sideways(city, place, language, reading):
    tab = reading.open(f"{language}{city[place]}")

    widths = {}
    for spaced in (False, True):
        if spaced:
            tab.add_style_tag(content=SPACED)
        for width in NARROW:
            tab.set_viewport_size({"width": width, "height": 800})
            widths[width, spaced] = tab.evaluate("document.documentElement.scrollWidth")

    assert all(needed <= width for (width, _spaced), needed in widths.items()), widths
