"""The English of the sample: made once, public, complete."""

from __future__ import annotations

import csv
import re

import polib
import pytest
from django.test import Client
from wagtail.models import Page

from cms.city import packs
from cms.demo import bodies, standard_pages
from cms.demo.english import WORDS, add_english
from cms.demo.standard_pages import add_standard_pages
from pages.models import StandardPage
from snippets.models import ServiceItem
from tests.factories import IndustryPage, make_page, make_service_item
from tests.town import Town

from .acts import english, in_english

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def sample(town: Town) -> Town:
    town.portal.title = "大连市"
    town.portal.save_revision().publish(skip_permission_checks=True)
    town.industries["water"].title_en = "Water supply"
    town.industries["water"].save()
    make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"])
    make_service_item(town.water, town.industries["waterworks"], title="水费账单查询")
    add_standard_pages(town.portal)
    add_english({"portal": town.portal, "water": town.water})
    return town


def test_a_second_time_adds_nothing(sample: Town):
    before = Page.objects.count()

    assert add_english({"portal": sample.portal, "water": sample.water}) == 0
    assert Page.objects.count() == before


def test_the_home_page_the_unit_and_its_chain_are_public_in_english(sample: Town):
    titles = set(Page.objects.filter(locale=english(), live=True).values_list("title", flat=True))

    assert {"Dalian", "About this site", "Water supply"} <= titles
    assert Client().get("/en/").status_code == 200
    assert Client().get(f"/en{sample.water.url}").context["missing_translation_url"] == ""


def test_the_searches_it_recommends_are_english(sample: Town):
    recommended = [search["title"] for search in Client().get("/en/").context["hot"]]

    assert "water" in recommended
    assert not CHINESE.search("".join(recommended))


def test_searches_that_nobody_has_translated_are_left_out(town: Town):
    town.portal.popular_searches = "停水；12345；水价"
    town.portal.save_revision().publish(skip_permission_checks=True)
    in_english(town.portal)

    assert [search["title"] for search in Client().get("/en/").context["hot"]] == ["12345"]


def test_the_standard_pages_are_english_throughout(sample: Town):
    for page in StandardPage.objects.filter(locale=english()):
        html = "".join(child.value.source for child in page.body)
        assert not CHINESE.search(page.title + html), page.title


def test_every_text_of_the_standard_pages_has_its_english():
    words = {entry.msgid for entry in polib.pofile(str(WORDS)) if entry.msgstr}

    texts = {text for _kind, title, _slug, parts in standard_pages.PAGES for text in (title, *parts)}
    assert texts | {bodies.FILL, standard_pages.HEADLINE} <= words


def test_what_each_service_of_the_pack_asks_and_gives_has_its_english():
    words = {entry.msgid for entry in polib.pofile(str(WORDS)) if entry.msgstr}

    with (packs.SAMPLE / "service_items.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {row[name].replace(";", "；") for row in rows for name in ("personal_input", "output")}

    assert {text for text in told if text} - words == set()


def test_a_service_is_named_as_the_pack_names_it(sample: Town):
    copies = ServiceItem.objects.filter(locale=english())

    assert list(copies.values_list("title", "live")) == [("Water bill query", True)]
