"""Rows are those of the source language unless another is asked for; what the system keeps belongs to all of them."""

from __future__ import annotations

import pytest
from wagtail.models import Locale

from tests.factories import make_disclosure, make_service_item


@pytest.fixture
def english(town):
    """Translate the water works with the offices above it, a price and a service."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    town.price = make_disclosure(town.water, town.entries["water_price"], title="水价")
    town.industries["waterworks"].title_en = "Waterworks"
    town.industries["waterworks"].save()
    titles = {"portal": "Sample City", "water_office": "Water Bureau", "water": "Sample Water", "price": "Water price"}
    for name, title in titles.items():
        copy = getattr(town, name).copy_for_translation(locale)
        copy.title = title
        copy.save_revision().publish(skip_permission_checks=True)
        setattr(town, f"{name}_en", copy)
    return town


def test_a_list_holds_the_source_language(api, english):
    assert "Sample Water" not in api.titles("organisations") | api.titles("pages")
    assert {item["meta"]["locale"] for item in api.list("organisations")} == {"zh-hans"}
    assert api.titles("disclosures") == {"水价"}


def test_english_rows_are_listed_when_asked_for(api, english):
    shown = api.list("organisations", locale="en", fields="*")

    assert {item["title"] for item in shown} == {"Sample City", "Water Bureau", "Sample Water"}
    (water,) = (item for item in shown if item["title"] == "Sample Water")
    assert water["meta"]["locale"] == "en"
    assert water["meta"]["html_url"].startswith("http://testserver/en/")
    assert water["code"] == english.water.roster.code
    assert water["roster"]["state"] == "proposed"
    assert water["superior"]["title"] == "Water Bureau"
    assert water["industry"]["title"] == "Waterworks"


def test_an_english_disclosure_has_the_number_of_its_source(api, english):
    (listed,) = api.list("disclosures", locale="en")
    detail = api.detail("disclosures", english.price_en)

    assert listed["title"] == detail["title"] == "Water price"
    assert detail["index_number"] == english.price.record.index_number
    assert detail["permanent_url"] == f"http://testserver/i/{detail['index_number']}"
    assert detail["organisation"]["title"] == "Sample Water"
    assert detail["first_published_at"] == api.detail("disclosures", english.price)["first_published_at"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"validity": "in_force"},
        {"industry": "water"},
        {"division": "2102"},
        {"entry": "water:B01"},
        {"issued_after": "2020-01-01"},
    ],
    ids=str,
)
def test_filters_by_what_the_system_keeps_reach_english_rows(api, english, parameters):
    assert api.titles("disclosures", locale="en", **parameters) == {"Water price"}


def test_filters_by_code_and_place_reach_english_rows(api, english):
    code = english.water.roster.code

    assert api.titles("organisations", locale="en", code=code) == {"Sample Water"}
    assert api.titles("organisations", locale="en", roster="proposed") == {
        "Sample City",
        "Water Bureau",
        "Sample Water",
    }
    assert api.titles("disclosures", locale="en", organisation=code) == {"Water price"}
    assert api.titles("disclosures", locale="en", child_of=english.water.pk) == {"Water price"}
    assert api.titles("disclosures", child_of=english.water_en.pk) == {"水价"}


def test_reference_data_is_worded_in_the_language_asked_for(api, english):
    (chinese,) = api.list("industries", code="waterworks")
    (translated,) = api.list("industries", code="waterworks", locale="en")

    assert (chinese["title"], translated["title"]) == ("自来水", "Waterworks")


def test_a_service_in_english_names_its_provider_in_english(api, english):
    item = make_service_item(english.water, english.industries["waterworks"], title="水费查询")
    copy = item.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.title, copy.live = "Water bill", True
    copy.save()

    (shown,) = api.list("service-items", locale="en")

    assert shown["title"] == "Water bill"
    assert shown["provider"]["title"] == "Sample Water"
    assert api.titles("service-items") == {"水费查询"}
