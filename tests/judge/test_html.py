"""Public pages are valid, light and alone: vnu finds no error, the first view is small, nobody else is asked."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from .places import CITIES, LANGUAGES, PLACES

pytestmark = pytest.mark.judge

VNU = Path(settings.BASE_DIR, "var", "judge", "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
# What is read before the first line is seen, before compression.
FIRST_VIEW = 150 * 1024
HEAVY = {"document", "stylesheet", "script", "font"}
# 147 KB, 42 compressed: deferred, and the pages of the map are complete before it comes. No other page asks for it.
LEAFLET = "/static/vendor/leaflet-1.9.4/leaflet.js"
INLINE_STYLE = re.compile(r"<[^>]+\sstyle\s*=")
# What vnu says and we do not follow, each with its reason.
IGNORED: dict[str, str] = {}


def complaints(folder: Path) -> list[str]:
    """Return what vnu says about the pages in a folder, one line each, but for what is ignored."""
    if not VNU.exists():
        pytest.skip(f"{VNU} is missing: make judge")
    command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(result.stderr)["messages"]
    lines = [f"{Path(each['url']).stem}: {each['message']}: {each.get('extract', '')[:160]}" for each in found]
    return [line for line in lines if not any(message in line for message in IGNORED)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", list(CITIES), indirect=True)
def test_every_page_is_valid(city, language, tmp_path):
    for place, address in city.items():
        response = Client(SERVER_NAME="localhost").get(f"{language}{address}", follow=True)
        Path(tmp_path, f"{place.replace(':', '').replace(' ', '-')}.html").write_bytes(response.content)

    found = complaints(tmp_path)

    assert found == []


@pytest.mark.parametrize("city", ["sample"], indirect=True)
def test_no_page_carries_inline_styles(city):
    pages = {place: Client(SERVER_NAME="localhost").get(address, follow=True) for place, address in city.items()}

    styled = {place: found for place, page in pages.items() if (found := INLINE_STYLE.findall(page.content.decode()))}

    assert styled == {}


@pytest.mark.parametrize(("city", "place"), PLACES, indirect=["city"])
def test_the_first_view_is_light_and_asks_nobody_else(city, place, reading):
    tab = reading.open(city[place])
    weights = {address: size for address, (kind, size) in reading.received.items() if kind in HEAVY}
    drawn = [address for address in weights if address.endswith(LEAFLET)]

    assert sum(size for address, size in weights.items() if address not in drawn) <= FIRST_VIEW, weights
    assert not drawn or (place.startswith("map") and tab.locator(f"script[defer][src='{LEAFLET}']").count() == 1)
    assert reading.foreign == []
