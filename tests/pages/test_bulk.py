"""Pages added in bulk are pages like any other."""

from __future__ import annotations

import pytest
from wagtail.models import Page, ReferenceIndex

from industries.education.models import SchoolPage
from pages.bulk import bulk_add, bulk_add_below, pages_loaded
from pages.models import DisclosurePage, UnitPage
from tests.factories import make_disclosure, make_page
from tests.town import Town

UNSTABLE = {"pk", "path", "slug", "url_path", "title", "draft_title", "translation_key", "page_ptr", "latest_revision"}


def test_a_bulk_page_equals_one_that_wagtail_published(town: Town) -> None:
    one = make_page(SchoolPage, town.education_office, title="示例甲小学", industry=town.industries["primary"])
    two = SchoolPage(title="示例乙小学", industry=town.industries["primary"])

    bulk_add(town.education_office, [two])

    stored = SchoolPage.objects.get(pk=two.pk)
    for name in ("live", "has_unpublished_changes", "depth", "numchild", "locale_id", "content_type_id", "expired"):
        assert getattr(stored, name) == getattr(one, name), name
    assert set(stored.latest_revision.content) == set(one.latest_revision.content)
    assert stored.latest_revision.as_object().industry == town.industries["primary"]
    assert stored.live_revision_id == stored.latest_revision_id


def test_the_tree_has_no_problems_afterwards(town: Town) -> None:
    pages = [UnitPage(title=f"示例单位{number}") for number in range(30)]

    bulk_add(town.street, pages)

    assert not any(Page.find_problems())
    assert len({page.slug for page in pages}) == 30
    assert town.street.get_children().count() == 31


def test_a_bulk_disclosure_can_be_edited_and_published_again(town: Town) -> None:
    page = DisclosurePage(title="示例", entry=town.entries["water_price"], body=[("text", "<p>示例正文。</p>")])
    bulk_add(town.water, [page])

    stored = DisclosurePage.objects.get(pk=page.pk)
    stored.title = "示例二"
    stored.save_revision().publish(skip_permission_checks=True)

    stored.refresh_from_db()
    assert stored.title == "示例二"
    assert stored.revisions.count() == 2


def test_references_are_those_wagtail_would_keep(town: Town) -> None:
    one = make_disclosure(town.water, town.entries["water_price"])
    two = DisclosurePage(title="示例", entry=town.entries["water_price"], body=[("text", "<p>示例正文。</p>")])

    bulk_add(town.water, [two])

    def references(page: Page) -> set[tuple[int, str, str]]:
        rows = ReferenceIndex.get_references_for_object(page)
        return set(rows.values_list("to_content_type", "to_object_id", "model_path"))

    assert references(two) == references(one)


def test_bulk_pages_are_found_by_search(town: Town) -> None:
    bulk_add(town.street, [UnitPage(title="示例图书馆")])

    assert [page.title for page in UnitPage.objects.search("图书馆")] == ["示例图书馆"]


def test_an_unlawful_place_is_refused(town: Town) -> None:
    with pytest.raises(ValueError, match="不能设在"):
        bulk_add(town.district, [UnitPage(title="示例单位")])


def test_pages_are_added_below_several_parents_at_once(town: Town) -> None:
    make_disclosure(town.water, town.entries["water_price"], title="已有")
    first = [DisclosurePage(title="示例", slug="same", entry=town.entries["water_price"]) for _each in range(2)]
    second = [DisclosurePage(title="示例", slug="same", entry=town.entries["school_admission"])]

    bulk_add_below([(town.water, first), (town.school, second)])

    assert not any(Page.find_problems())
    assert [page.slug for page in first] == ["same", "same-2"]
    assert second[0].get_parent().pk == town.school.pk
    assert second[0].url_path == f"{town.school.url_path}same/"
    assert {page.pk for page in first} < set(town.water.get_children().values_list("pk", flat=True))


def test_a_load_is_told_once_of_the_lowest_page_above_all(town: Town) -> None:
    told: list[Page] = []

    def listen(parent: Page, **kwargs: object) -> None:
        told.append(parent)

    pages_loaded.connect(listen)

    bulk_add_below(
        [
            (town.water, [DisclosurePage(title="示例", entry=town.entries["water_price"])]),
            (town.school, [DisclosurePage(title="示例", entry=town.entries["school_admission"])]),
        ]
    )

    pages_loaded.disconnect(listen)
    (parent,) = told
    assert town.water.is_descendant_of(parent)
    assert town.school.is_descendant_of(parent)
