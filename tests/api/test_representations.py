"""What is shown of one row of each kind, word for word (`expected/`). UPDATE_EXPECTED=1 writes the files anew."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
EXPECTED = Path(__file__).parent / "expected"
SHOWN = {
    "unit": ("organisations", "water"),
    "school": ("organisations", "school"),
    "district": ("organisations", "district"),
    "disclosure": ("disclosures", "disclosure"),
    "superseded_disclosure": ("disclosures", "old"),
    "notice": ("notices", "notice"),
    "service_item": ("service-items", "service"),
    "industry": ("industries", "industry"),
    "catalogue_entry": ("catalogue", "entry"),
    "image": ("images", "image"),
    "document": ("documents", "document"),
    "standard_page": ("pages", "standard_page"),
    "industry_page": ("pages", "industry_page"),
    "page_of_a_unit": ("pages", "water"),
}


def without_keys(shown: dict[str, Any]) -> Any:
    """Blank out the numbers of the database, the blocks and the pictures; the HTML is the templates' own affair."""
    text = json.dumps(shown, ensure_ascii=False)
    text = re.sub(r'"body_html": "(\\.|[^"\\])+"', '"body_html": "…"', text)
    text = re.sub(r'"id": (\d+|"[0-9a-f-]{36}")', '"id": 0', text)
    text = re.sub(r"(?<=/media/images/)[0-9a-f]{20}(?=/)", "0", text)
    return json.loads(re.sub(r"(?<=/)\d+(?=/)|(?<=child_of=)\d+", "0", text))


def check(name: str, shown: dict[str, Any]) -> None:
    file = EXPECTED / f"{name}.json"
    if os.environ.get("UPDATE_EXPECTED"):
        file.write_text(json.dumps(without_keys(shown), ensure_ascii=False, indent=2) + "\n")

    assert without_keys(shown) == json.loads(file.read_text())


@pytest.mark.parametrize("name", SHOWN)
def test_a_detail_shows_everything(api, showcase, name):
    endpoint, row = SHOWN[name]

    check(name, api.detail(endpoint, getattr(showcase, row)))


@pytest.mark.parametrize("name", SHOWN)
def test_a_list_with_all_fields_shows_the_same_as_the_detail(api, showcase, name):
    endpoint, row = SHOWN[name]
    detail = api.detail(endpoint, getattr(showcase, row))

    listed = next(item for item in api.list(endpoint, fields="*", limit=100) if item["id"] == detail["id"])

    assert listed == detail


@pytest.mark.parametrize("endpoint", ["organisations", "disclosures", "notices"])
def test_a_list_as_it_comes(api, showcase, endpoint):
    check(f"{endpoint}_list", api.answer(f"{endpoint}/", limit=2).json())


def test_the_html_holds_no_relative_address_and_needs_no_sprite(api, showcase):
    html = api.detail("disclosures", showcase.disclosure)["body_html"]

    addresses = [
        part.split()[0] for each in re.findall(r'(?:href|src|srcset)="([^"]+)"', html) for part in each.split(",")
    ]
    assert len(addresses) > 5
    assert all(re.match("https?:|tel:", address) for address in addresses)
    assert "<svg" not in html


def test_there_is_no_file_nobody_expects():
    names = {*SHOWN, "organisations_list", "disclosures_list", "notices_list"}

    assert {file.stem for file in EXPECTED.glob("*.json")} == names


def test_every_address_leads_somewhere(api, client, showcase):
    for endpoint, row in SHOWN.values():
        text = json.dumps(api.detail(endpoint, getattr(showcase, row)), ensure_ascii=False)
        for address in set(re.findall(r'"http://testserver(/api/[^"]+)"', text)):
            assert client.get(address).status_code == 200, address


def test_no_number_stands_for_a_row_alone(api, showcase):
    for endpoint, row in SHOWN.values():
        for place in objects_with_id(api.detail(endpoint, getattr(showcase, row))):
            assert {"type", "detail_url"} & (place.keys() | place.get("meta", {}).keys())


def objects_with_id(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in objects_with_id(each)]
    if not isinstance(value, dict):
        return []
    own = [value] if isinstance(value.get("id"), int) else []
    return own + [found for each in value.values() for found in objects_with_id(each)]
