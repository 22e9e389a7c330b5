"""The format is written down: each column and each key that is read stands in docs/city-pack.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from cms.city import catalogues, divisions, face, life_events, services, units, words

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "city-pack.md").read_text()
NAMES = {
    *face.CITY_KEYS,
    *face.KNOWN_FILES,
    *divisions.DISTRICT_KINDS,
    *divisions.STREET_KINDS,
    *catalogues.PACK_NAMES,
    *catalogues.PACK_NAMES.values(),
    *units.UNIT_COLUMNS,
    *units.GRASSROOTS_COLUMNS,
    *units.GRASSROOTS_KINDS,
    *life_events.COLUMNS,
    *services.COLUMNS,
    *services.SERVICE_CLASSES,
    *words.COLUMNS,
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_name_of_the_format_is_documented(name: str):
    assert f"`{name}`" in DOCUMENT
