"""Generated content is complete: records, revisions, references, search rows, spread evenly."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from cms.demo.generator import generate
from pages.models import DisclosurePage, PublicationRecord
from tests.town import Town


def test_each_disclosure_is_whole(town: Town) -> None:
    call_command("generate_content", disclosures=7, stdout=StringIO())

    pages = DisclosurePage.objects.all()
    assert pages.count() == 7
    assert PublicationRecord.objects.filter(page__in=pages).count() == 7
    assert all(page.latest_revision_id and page.live_revision_id for page in pages)
    assert all(ReferenceIndex.get_references_for_object(page).exists() for page in pages)
    assert all("示例" in page.title for page in pages)
    assert not any(Page.find_problems())


def test_it_is_found_by_search(town: Town) -> None:
    generate(3, lambda count: None)

    assert DisclosurePage.objects.search("示例").count() == 3


def test_the_units_share_evenly(town: Town) -> None:
    generate(7, lambda count: None)

    shares = [DisclosurePage.objects.child_of(unit).count() for unit in (town.water, town.school, town.hall)]
    assert sorted(shares) == [2, 2, 3]


def test_a_second_run_goes_on_counting(town: Town) -> None:
    generate(3, lambda count: None)
    generate(3, lambda count: None)

    numbers = list(PublicationRecord.objects.values_list("index_number", flat=True))
    assert len(set(numbers)) == 6


def test_more_pages_cost_no_more_queries(town: Town) -> None:
    # The first of each kind looks up what is then remembered.
    generate(60, lambda count: None)

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            generate(count, lambda done: None)
        return len(captured)

    assert queries(120) <= queries(60) + 12


def test_an_empty_tree_and_a_bad_number_are_refused(db: None) -> None:
    with pytest.raises(CommandError, match="正整数"):
        call_command("generate_content", disclosures=0)
    with pytest.raises(CommandError, match="load_city"):
        call_command("generate_content", disclosures=5)
