"""No public template and no public address escapes the judges."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, get_resolver

from tests.architecture.house import ROOT

from .answers import answers
from .places import SAMPLE

pytestmark = pytest.mark.judge

# Whole folders, and single templates elsewhere, that the public reads.
FOLDERS = (
    "pages",
    "mine",
    "search",
    "joint",
    "connectors",
    "service_map",
    "subscriptions",
    "corrections",
    "exports",
    "blocks",
    "components",
)
# Each with what shows it instead.
NOT_READ_HERE = {
    "pages/panels/checklist.html": "a panel of the editor's",
    "components/link_check.html": "in the admin",
    "components/standing.html": "in the admin",
    "joint/try.html": "in the admin",
    "subscriptions/counts.html": "in the admin",
    "subscriptions/count_table.html": "in the admin",
    "search/opensearch.xml": "for browsers",
}
# Addresses that answer with something else than a page, or lead on to one that is judged.
NO_PAGES = {
    "opensearch": "XML",
    "search_suggest": "JSON",
    "mine_feed": "Atom",
    "feed": "Atom",
    "page_file": "a file",
    "map_points": "JSON",
    "joint_part": "a part of a page, which the script puts into the joint search",
    "index_number": "leads to the page of the record; what has left the public is judged as withdrawn",
    "wagtailcore_login": "the door of private pages, of which there are none",
}
EXTENDS = re.compile(r"""{%\s*extends\s+["']([^"']+)["']""")


def public_templates() -> set[str]:
    """Return what the public reads: what stands in the public frame, and the parts it is made of."""
    base = ROOT / "templates"
    files = {str(file.relative_to(base)): file.read_text() for file in base.rglob("*.html")}
    framed = {name for name, text in files.items() if "base.html" in EXTENDS.findall(text)}
    parts = {name for name in files if name.split("/")[0] in FOLDERS}
    return (framed | parts) - set(NOT_READ_HERE)


def visited(city: dict[str, str]) -> tuple[set[str], set[str]]:
    """Return the templates and the names of addresses that the places of a city show."""
    templates: set[str] = set()
    names: set[str] = set()
    for address in [f"{language}{each}" for each in city.values() for language in ("", "/en")]:
        response: Any = Client(SERVER_NAME="localhost").get(address, follow=True)
        templates |= {each.name for each in response.templates if each.name}
        # A link to a draft stands under no language.
        with suppress(Resolver404):
            names |= {response.resolver_match.view_name} if response.resolver_match else set()
    for sent in answers(city).values():
        shown: Any = sent.answer()
        templates |= {each.name for each in shown.templates if each.name}
    return templates, names


def public_names() -> set[str]:
    """Return the names of the addresses that stand under a language."""
    found = set()
    for pattern in get_resolver().url_patterns:
        if type(pattern.pattern).__name__ == "LocalePrefixPattern":
            inner = [each for part in pattern.url_patterns for each in getattr(part, "url_patterns", [part])]
            found |= {each.name for each in inner if each.name}
    return found


@pytest.mark.parametrize("city", ["sample"], indirect=True)
def test_every_public_template_and_address_is_judged(city):
    templates, names = visited(city)

    unseen = {name for name in public_templates() - templates if not name.startswith(UNSEEN_HERE)}
    assert unseen == set()
    assert {name for name in public_names() - names - set(NO_PAGES) if not name.startswith("wagtail")} == set()


@pytest.mark.parametrize("city", ["sample"], indirect=True)
def test_every_place_is_asked_for_by_its_name(city):
    assert set(city) == set(SAMPLE)


# Shown where a fault, a right or a state that the sample has not is the matter; each has its own tests.
UNSEEN_HERE = ("403.html",)


def test_the_list_names_nothing_that_is_gone():
    existing = {str(each.relative_to(ROOT / "templates")) for each in (ROOT / "templates").rglob("*.*")}

    assert set(NOT_READ_HERE) <= existing
    assert settings.ROOT_URLCONF == "cms.urls"
