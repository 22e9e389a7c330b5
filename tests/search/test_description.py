"""The OpenSearch description: a program that knows nothing but it finds what the search page finds."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from snippets.models import PortalSettings
from tests.factories import make_notice
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")
NS = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


def described(path: str = "/search/opensearch.xml") -> ET.Element:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def template(root: ET.Element) -> str:
    url = root.find("os:Url[@type='text/html']", NS)
    assert url is not None
    return url.attrib["template"]


def test_what_it_names_answers_queries(town: Town):
    notice = make_notice(town.water, title="停水通告")

    answer = Client().get(template(described()).replace("{searchTerms}", "停水通告"))

    assert f'href="{notice.url}"' in answer.content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_program_is_told_where_it_gets_json(town: Town, prefix: str):
    make_notice(town.water, title="停水通告")
    url = described(f"{prefix}/search/opensearch.xml").find("os:Url[@type='application/json']", NS)
    assert url is not None

    answer = Client().get(url.attrib["template"].replace("{searchTerms}", "停水通告"))

    assert answer["Content-Type"] == "application/json"
    titles = [item["title"] for item in answer.json()["items"]]
    assert titles == ([] if prefix else ["停水通告"])


def test_every_page_leads_to_it(town: Town):
    seen = Seen(town.portal.url)

    assert 'type="application/opensearchdescription+xml"' in seen.html
    assert 'href="/search/opensearch.xml"' in seen.html


@pytest.mark.parametrize(
    ("prefix", "language", "name"), [("", "zh-hans", "示例"), ("/en", "en", "Sample"), ("/zh-hant", "zh-hans", "示例")]
)
def test_each_language_asks_in_its_own(town: Town, prefix: str, language: str, name: str):
    settings = PortalSettings.for_site(town.portal.get_site())
    settings.site_name, settings.site_name_en = "示例市办事公开网", "Sample City"
    settings.save()

    root = described(f"{prefix}/search/opensearch.xml")

    assert template(root).startswith(f"http://testserver{prefix}/search/?q=")
    assert root.findtext("os:Language", "", NS) == language
    assert name in root.findtext("os:ShortName", "", NS)


def test_a_long_name_is_cut_and_its_signs_are_escaped(town: Town):
    settings = PortalSettings.for_site(town.portal.get_site())
    settings.site_name = "甲<乙>&" * 5
    settings.save()

    assert described().findtext("os:ShortName", "", NS) == ("甲<乙>&" * 5)[:16]
