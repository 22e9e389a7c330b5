"""Every block is translated word by word; whatever is no word comes through unchanged."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pages.models import StandardPage
from tests.blocks.samples import VALUES, raw_stream
from tests.factories import make_page, make_portal

from .acts import begin_translation, translate_strings

GONE = {"type": "gone", "value": {"words": ["甲", 1.5]}, "id": "id-gone"}
CHINESE = re.compile("[\u4e00-\u9fff]")
# Never words: numbers to dial and to cite, codes of choices, addresses.
VERBATIM = {"phone", "supervision_phone", "contact", "number", "form", "verdict", "url", "online", "type", "id"}


@pytest.fixture
def portal(db):
    return make_portal()


def translated(portal: Any, raw: list[dict[str, Any]], mark: str = "EN ") -> Any:
    page = make_page(StandardPage, portal, title="说明", body=json.dumps(raw))
    translation = begin_translation(page)
    translate_strings(translation, lambda text: mark + text)
    translation.save_target(publish=False)
    return stored(translation.get_target_instance())


def stored(page: Any) -> Any:
    return page._meta.get_field("body").stream_block.get_prep_value(page.body)


def without_rows(value: Any) -> Any:
    """Write the rows of lists as the samples do: without ids of their own."""
    if isinstance(value, list):
        return [
            without_rows(each["value"] if isinstance(each, dict) and each.get("type") == "item" else each)
            for each in value
        ]
    if isinstance(value, dict):
        return {key: without_rows(each) for key, each in value.items()}
    return value


def leaves(value: Any, name: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        # PostgreSQL keeps the keys of JSON in an order of its own.
        return [leaf for key, each in sorted(value.items()) for leaf in leaves(each, key)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each, name)]
    return [(name, value)]


@pytest.mark.parametrize("name", VALUES)
def test_every_word_of_a_block_is_offered_and_put_back(portal, name):
    found = translated(portal, raw_stream(name))

    before, after = leaves(raw_stream(name)), leaves(without_rows(found))
    assert len(before) == len(after)
    for (field, old), (same_field, new) in zip(before, after, strict=True):
        assert field == same_field
        if isinstance(old, str) and CHINESE.search(old) and field not in VERBATIM:
            assert "EN " in new, field


@pytest.mark.parametrize("name", VALUES)
def test_amounts_dates_choices_phones_and_document_numbers_are_copied_unchanged(portal, name):
    found = translated(portal, raw_stream(name))

    before, after = leaves(raw_stream(name)), leaves(without_rows(found))
    for (field, old), (_field, new) in zip(before, after, strict=True):
        if field in VERBATIM or not isinstance(old, str) or re.fullmatch(r"-?[\d.]+|\d{4}-\d\d-\d\d.*", old):
            assert new == old or (field == "value" and new == f"EN {old}"), field


def test_a_sealed_block_comes_through_untouched(portal):
    found = translated(portal, [*raw_stream("faq"), GONE])

    assert found[1] == GONE


def test_rows_without_an_identity_get_one_that_stays(portal):
    page = make_page(StandardPage, portal, title="说明", body=json.dumps(raw_stream("faq", "fee_table")))

    first = stored(StandardPage.objects.get(pk=page.pk))
    second = stored(StandardPage.objects.get(pk=page.pk))

    assert first == second
    assert first[0]["value"]["questions"][0]["id"]


def test_the_source_stays_as_it_is(portal):
    page = make_page(StandardPage, portal, title="说明", body=json.dumps(raw_stream()))
    before = stored(page)

    translation = begin_translation(page)
    translate_strings(translation, lambda text: f"EN {text}")
    translation.save_target(publish=False)

    assert stored(StandardPage.objects.get(pk=page.pk)) == before
