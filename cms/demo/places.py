"""The organisations of the bundled pack that the sample shows in full."""

from __future__ import annotations

from typing import Any

from pages.models import RosterEntry

# Name here → pack key.
KEYS = {
    "portal": "portal:210200",
    "water": "unit:U022",
    "school": "unit:U008",
    "hospital": "unit:U014",
    "university": "unit:U001",
    "gas": "unit:U023",
    "heating": "unit:U024",
    "power": "unit:U025",
    "bus": "unit:U026",
    "metro": "unit:U027",
    "sewage": "unit:U029",
    "library": "unit:U033",
    "village": "village:210202008001",
    "district": "district:210202",
    "street": "street:210202008",
}


def find_places() -> dict[str, Any]:
    """Return the pages by name, with the superiors of the water company and the school."""
    rows = RosterEntry.objects.filter(pack_key__in=KEYS.values()).select_related("organisation")
    found = {row.pack_key: row.organisation.specific for row in rows}
    places: dict[str, Any] = {name: found[key] for name, key in KEYS.items()}
    places["water_office"] = places["water"].superior
    places["education_office"] = places["school"].superior
    return places
