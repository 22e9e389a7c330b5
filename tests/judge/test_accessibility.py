"""axe finds nothing on any public template, in any state, language and way of reading; and every page fits a phone."""

from __future__ import annotations

import pytest

from .places import LANGUAGES, PLACES
from .ways import complaints_in_every_way, too_wide

pytestmark = pytest.mark.judge


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_everybody_can_read_it(city, place, language, reading):
    address = f"{language}{city[place]}"
    joint = "&" if "?" in address else "?"

    found = complaints_in_every_way(
        lambda mode, width: reading.open(f"{address}{joint}mode={mode}" if mode else address, width=width)
    )

    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_nobody_scrolls_sideways(city, place, language, reading):
    assert too_wide(reading.open(f"{language}{city[place]}")) == {}
