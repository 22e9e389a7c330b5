"""The description of the API is exact, complete, up to date in the repository, and readable offline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from cms.api.documentation import description
from cms.api.openness import asked_for
from cms.api.problems import MEDIA_TYPE
from tests.api.asking import ENDPOINTS
from tests.api.strict import strict
from tests.blocks.samples import raw_stream
from tests.factories import make_disclosure

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
COMMITTED = Path(settings.BASE_DIR, "docs", "openapi.json")
COMMAND = "manage.py spectacular --format openapi-json --file docs/openapi.json"


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return json.loads(json.dumps(description("zh-hans")))


# What has left the public answers with the reason, and leads on.
WITHDRAWN = {"disclosures", "notices", "pages", "service-items"}
LEFT = {"308", "410"}
ALWAYS = {"200", "400", "401", "403", "405", "414", "429", "500", "503"}


def objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object" and part.get("properties"):
            yield part
        for each in part.values():
            yield from objects(each)
    elif isinstance(part, list):
        for each in part:
            yield from objects(each)


def validator(described: dict[str, Any], endpoint: str, *, listing: bool, status: str = "200") -> Any:
    address = f"/api/v2/{endpoint}/" if listing else f"/api/v2/{endpoint}/{{id}}/"
    content = described["paths"][address]["get"]["responses"][status]["content"]
    schema = content["application/json" if status == "200" else MEDIA_TYPE]["schema"]
    return jsonschema.Draft202012Validator({**schema, "components": strict(described)["components"]})


def test_the_committed_description_is_up_to_date(described):
    assert json.loads(COMMITTED.read_text()) == described, f"run: {COMMAND}"


def test_the_description_is_served(client, db, described):
    assert client.get("/api/v2/openapi.json").json() == described


def test_every_schema_is_lawful(described):
    assert described["openapi"] == "3.1.0"
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_answers_may_grow_and_requests_may_not(described):
    asked = asked_for(described)
    schemas = described["components"]["schemas"]
    operations = [each for methods in described["paths"].values() for each in methods.values()]

    answered = [schemas[name] for name in schemas.keys() - asked] + [each["responses"] for each in operations]

    assert not [each for each in objects(answered) if "additionalProperties" in each]
    bodies = [schemas[name] for name in asked] + [each.get("requestBody") for each in operations]
    assert [each for each in objects(bodies) if each.get("additionalProperties") is not False] == []


def test_every_endpoint_is_described_with_its_errors(described):
    for endpoint in ENDPOINTS:
        for address, statuses in {
            f"/api/v2/{endpoint}/": ALWAYS,
            f"/api/v2/{endpoint}/{{id}}/": ALWAYS | {"404"} | (LEFT if endpoint in WITHDRAWN else set()),
        }.items():
            answers = described["paths"][address]["get"]["responses"]
            assert set(answers) == statuses
            assert {status for status, each in answers.items() if MEDIA_TYPE in each["content"]} == statuses - {"200"}


def test_every_parameter_is_explained_in_chinese(described):
    for methods in described["paths"].values():
        for parameter in (each for method in methods.values() for each in method["parameters"]):
            assert parameter["in"] == "path" or re.search("[\u4e00-\u9fff]", parameter["description"]), parameter


def test_no_description_is_english(described):
    found = re.findall(r'"(?:description|title|summary)": "([A-Z][a-z]+ [^"]*)"', json.dumps(described))

    assert found == []


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_what_is_shown_is_what_is_described(api, showcase, described, endpoint):
    make_disclosure(showcase.water, showcase.town.entries["water_profile"], body=json.dumps(raw_stream()))

    shown = api.answer(f"{endpoint}/", fields="*", limit=100).json()
    details = [api.answer(f"{endpoint}/{item['id']}/").json() for item in shown["items"]]

    assert shown["items"]
    validator(described, endpoint, listing=True).validate(shown)
    for detail in details:
        validator(described, endpoint, listing=False).validate(detail)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_what_is_described_is_shown(api, showcase, described, endpoint):
    item = api.list(endpoint, fields="*")[0]
    name = described["paths"][f"/api/v2/{endpoint}/{{id}}/"]["get"]["responses"]["200"]["content"]

    schema = described["components"]["schemas"][name["application/json"]["schema"]["$ref"].rpartition("/")[2]]

    assert set(schema["properties"]) == set(item)
    assert set(schema["properties"]["meta"]["properties"]) == set(item["meta"])


@pytest.mark.parametrize("query", ["colour=red", "limit=x", "fields=x"])
def test_a_refusal_is_what_is_described(api, db, described, query):
    validator(described, "organisations", listing=True, status="400").validate(api.refusal("organisations/", query))


def test_typed_fields_are_described_for_each_page_type(described):
    kinds = described["components"]["schemas"]["Profile"]["oneOf"]
    school = next(kind for kind in kinds if kind.get("properties", {}).get("type") == {"const": "education.SchoolPage"})

    assert "primary" in school["properties"]["stage"]["oneOf"][0]["properties"]["value"]["enum"]
    assert school["properties"]["boarding"]["type"] == ["boolean", "null"]
    assert school["properties"]["boarding"]["title"] == "提供寄宿"


def test_the_documentation_is_complete_offline(client, db):
    page = client.get("/api/docs/").content.decode()

    addresses = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert addresses
    assert not [address for address in addresses if not address.startswith("/static/")]
    assert all(finders.find(address.removeprefix("/static/")) for address in addresses)
    assert "cdn" not in page
