"""Count, straight from the files of a pack, what a load must reach.

Stands alone: standard library only, nothing of the software under test. `python tests/city/count_pack.py <folder>`
prints the numbers as JSON.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

DEFAULTS = Path(__file__).resolve().parents[2] / "industries"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def load(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8-sig"))


def count(folder: Path) -> dict[str, int]:
    face = tomllib.loads((folder / "city.toml").read_text(encoding="utf-8"))
    files = face["files"]
    districts = load(folder / files["divisions"])["districts"]
    sectors = load(folder / files["industries"])["industries"]
    units = [unit for unit in rows(folder / files["units"]) if not re.search("military|军", unit["note"])]
    held_back = len(rows(folder / files["units"])) - len(units)
    grassroots = rows(folder / files["grassroots_units"])
    services = rows(folder / files["service_items"])

    names = {district["zh"]: district["code"] for district in districts}
    above = [superior(unit, face["city"]["name"], names, sectors) for unit in units]
    streets = sum(row["kind"].startswith("township:") for row in grassroots)
    refused = sum(row["personal_input"].strip()[:1] in ("", "无", "—", "-") for row in services)
    departments = {place or ("", face["city"]["disclosure_office"]) for place in above}
    providers = Counter([unit["name"] for unit in units] + [name for _district, name in departments])
    items = sum(
        len(branches_of(row, units, sectors)) if providers[row["provider"]] != 1 else 1
        for row in services
        if row["personal_input"].strip()[:1] not in ("", "无", "—", "-")
    )
    return {
        "portal": 1,
        "district": len(districts),
        "department": len(departments) + streets,
        "unit": len(units) + len(grassroots) - streets,
        "street": streets,
        "village": len(grassroots) - streets,
        "industry": len(sectors),
        "branch": sum(len(sector.get("children", [])) for sector in sectors),
        **catalogues(folder / files["catalogues"] if "catalogues" in files else None),
        "service": items,
        "held back": held_back + refused,
        "under the disclosure office": sum(place is None for place in above),
        "three storeys": sum(place is None or place[0] == "" for place in above),
        "four storeys": sum(place is not None and place[0] != "" for place in above),
    }


def superior(unit: dict[str, str], city: str, districts: dict[str, str], sectors: list[dict]) -> tuple[str, str] | None:
    """Return (district or "", department), None for the disclosure office."""
    text = unit["competent_dept"]
    if unit["level"] == "province" or text.strip() in ("", "—", "-") or "待核" in text:
        return None
    names = [bare(name) for name in re.split("[/;；]", text)]
    chosen = names[0]
    if len(names) > 1:
        within = [name for name in names if place_of(name, city, districts) is not None]
        branch = next(
            child for sector in sectors for child in sector["children"] if child["slug"] == unit["sub_industry"]
        )
        own = bare(branch["city_dept"])
        chosen = own if own in names else [*within, names[0]][0]
    place = place_of(chosen, city, districts)
    return None if place is None else (place, chosen)


def bare(name: str) -> str:
    return re.sub(r"[(（][^()（）]*[)）]$", "", name.strip()).strip()


def place_of(name: str, city: str, districts: dict[str, str]) -> str | None:
    for district, code in districts.items():
        if district in name:
            return code
    return "" if city.rstrip("市") in name.replace(city.rstrip("市") + "省", "") else None


def branches_of(row: dict[str, str], units: list[dict[str, str]], sectors: list[dict]) -> set[str]:
    """Return the branches one item each is made for; the industry itself where the provider is no known group."""
    children = next(sector["children"] for sector in sectors if sector["slug"] == row["industry"])
    found = set()
    for part in re.split("[/、]", row["provider"]):
        kind = re.sub("^(区市县|区县|街道|区)", "", part.split("各")[-1].strip())
        kind = re.sub("(等|单位|企业|公司|机构|部门|中心)$", "", kind)
        if len(kind) < 2:
            continue
        found |= {child["slug"] for child in children if kind in child["zh"]}
        found |= {
            unit["sub_industry"]
            for unit in units
            if unit["industry"] == row["industry"] and bare(unit["name"]).endswith(kind)
        }
    return found or {row["industry"]}


def catalogues(folder: Path | None) -> dict[str, int]:
    sizes = {path.stem: len(load(path)["entries"]) for path in DEFAULTS.glob("*/catalogues/*.json")}
    if folder:
        sizes |= {path.stem: len(load(path)["items"]) for path in folder.glob("*.json")}
    return {"catalogue": len(sizes), "entry": sum(sizes.values())}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1])), ensure_ascii=False, indent=2))
