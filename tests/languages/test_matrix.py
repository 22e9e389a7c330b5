"""The matrix of translations: each public page is counted once, in the state of its copy."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.languages.drafts import submit
from cms.languages.matrix import State, numbers, public_pages
from tests.factories import make_disclosure, make_notice
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import begin_translation, english, in_english, translate_strings

pytestmark = pytest.mark.usefixtures("clock")


def of(unit: Any) -> dict[str, int]:
    [row] = numbers([unit], english())
    return {str(state): number for state, number in row["cells"] if number}


def states(unit: Any) -> dict[str, str]:
    return {page.title: page.state for page in public_pages([unit.pk], english())}


def disclose(town: Town, title: str) -> Any:
    return make_disclosure(town.water, town.entries["water_price"], title=title)


def test_each_public_page_is_in_one_state(town: Town, clock: Any):
    disclose(town, "没有译文")
    begin_translation(disclose(town, "翻译中"))
    in_english(disclose(town, "最新"))
    old = disclose(town, "已过时")
    in_english(old)
    clock.shift(60)
    old.save_revision().publish(skip_permission_checks=True)

    assert states(town.water) == {
        # Copied with the first of its pages.
        town.water.title: State.DRAFT,
        "没有译文": State.MISSING,
        "翻译中": State.DRAFT,
        "最新": State.LIVE,
        "已过时": State.STALE,
    }
    assert of(town.water) == {"missing": 1, "draft": 2, "live": 1, "stale": 1}


def test_what_waits_for_approval_says_so(town: Town):
    town.reviewer("water"), town.reviewer("water_office")
    for page in (town.portal, town.water_office, town.water):
        in_english(page)
    translation = begin_translation(disclose(town, "水价"))
    translate_strings(translation, lambda text: f"E {text}")
    submit(translation, town.editor("water"))

    assert states(town.water)["水价"] == State.REVIEW


def test_drafts_and_what_was_withdrawn_are_not_counted(town: Town):
    gone = disclose(town, "撤下的")
    gone.unpublish()

    assert of(town.water) == {"missing": 1}


def test_an_office_reads_its_units_one_by_one(town: Town):
    english()
    make_notice(town.water, title="停水")

    seen = signed_in(town.reviewer("water_office")).get(reverse("languages:matrix", args=[town.water_office.pk]))

    rows = {row["unit"].title: row["total"] for row in seen.context["rows"]}
    assert rows == {town.water_office.title: 1, town.water.title: 2}


def test_a_state_leads_to_its_pages(town: Town):
    copy = in_english(disclose(town, "水价"))
    notice = make_notice(town.water, title="停水")
    browser = signed_in(town.editor("water"))

    missing = browser.get(reverse("languages:pages", args=[town.water.pk]), {"state": "missing"}).content.decode()
    live = browser.get(reverse("languages:pages", args=[town.water.pk]), {"state": "live"}).content.decode()

    assert reverse("wagtail_localize:submit_page_translation", args=[notice.pk]) in missing
    assert reverse("wagtailadmin_pages:edit", args=[copy.pk]) in live
    assert "水价" in live and "水价" not in missing


@pytest.mark.parametrize("query", ["?locale=xx", "?locale=%00", "?locale=zh-hans"])
def test_an_unknown_language_is_not_found(town: Town, query: str):
    english()
    address = reverse("languages:matrix", args=[town.water.pk])

    assert signed_in(town.editor("water")).get(address + query).status_code == 404


def test_others_do_not_see_it(town: Town):
    english()

    answer = signed_in(town.editor("school")).get(reverse("languages:matrix", args=[town.water.pk]))

    assert answer.status_code in {302, 403}


def test_the_header_of_an_organisation_leads_to_it(town: Town):
    browser = signed_in(town.editor("water"))
    disclosure = disclose(town, "水价")

    assert reverse("languages:matrix", args=[town.water.pk]) in _explorer(browser, town.water)
    assert "/admin/languages/" not in _explorer(browser, disclosure)


def _explorer(browser: Any, page: Page) -> str:
    found: str = browser.get(reverse("wagtailadmin_explore", args=[page.pk])).content.decode()
    return found


def test_more_units_and_pages_ask_no_more(town: Town):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            numbers([town.water, town.school, town.hall], english())
        return len(queries)

    english()
    before = asked()
    for number in range(3):
        disclose(town, f"水价{number}")

    assert asked() == before
