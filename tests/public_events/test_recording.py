"""Every change of what the public sees is one event, in its transaction; a draft is none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.api.urls import ENDPOINTS as OF_THE_API
from cms.public_events.facts import ENDPOINTS, endpoint_of
from cms.public_events.kinds import ACTS, CHANGED, DELETED, MOVED, OUTWARD, PUBLISHED, WITHDRAWN, outward
from industries.heating.models import HeatingPage
from ledger.models import Event
from pages.bulk import bulk_add
from pages.lifecycle import change_unit_type
from pages.models import DisclosurePage, PublicationRecord, RosterState, UnitPage
from tests.api.asking import FRAME
from tests.api.crowd import make_document, make_image
from tests.factories import make_disclosure, make_entry, make_page, make_service_item
from tests.languages.acts import begin_translation, in_english
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(town: Town) -> Any:
    """Return what has been told since the town was built: kind, subject and data."""
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def read() -> list[tuple[str, int, dict[str, Any]]]:
        found = Event.objects.filter(kind__in=ACTS, pk__gt=before).order_by("pk")
        return [(each.kind, int(each.subject_id), each.data) for each in found]

    return read


def kinds(told: Any) -> list[tuple[str, int]]:
    return [(kind, pk) for kind, pk, _data in told()]


def test_a_draft_is_told_of_never(town: Town, told: Any) -> None:
    draft = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"])
    draft.title = "改名"
    draft.save_revision()
    draft.delete()

    assert told() == []


def test_a_first_publication_is_told_with_all_that_finds_it(town: Town, told: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")

    ((kind, pk, data),) = told()

    assert (kind, pk) == (PUBLISHED, page.pk)
    assert data["endpoint"] == "disclosures"
    assert data["language"] == "zh-hans"
    assert data["index_number"] == PublicationRecord.objects.get(page=page.pk).index_number
    assert data["html_url"].endswith(page.url)
    assert data["within"][-4:] == [town.portal.pk, town.water_office.pk, town.water.pk, page.pk]
    assert Event.objects.filter(kind=PUBLISHED).latest("pk").organisation_id == town.water.pk


def test_a_new_version_is_a_change_and_a_later_draft_is_not(town: Town, told: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    page.summary = "第二版"
    page.save_revision().publish(skip_permission_checks=True)
    page.summary = "第三版"
    page.save_revision()

    assert kinds(told) == [(PUBLISHED, page.pk), (CHANGED, page.pk)]


def test_what_left_and_came_back_is_withdrawn_and_published(town: Town, told: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    page.unpublish()
    page.get_latest_revision().publish(skip_permission_checks=True)

    assert kinds(told) == [(PUBLISHED, page.pk), (WITHDRAWN, page.pk), (PUBLISHED, page.pk)]


def test_what_is_rolled_back_was_never_told(town: Town, told: Any) -> None:
    with transaction.atomic():
        make_disclosure(town.water, town.entries["water_price"])
        transaction.set_rollback(True)

    assert told() == []


def test_a_successor_changes_what_it_supersedes(town: Town, told: Any) -> None:
    old = make_disclosure(town.water, town.entries["water_price"])
    new = make_disclosure(town.water, town.entries["water_price"], supersedes=old)

    new.supersedes = None
    new.save_revision().publish(skip_permission_checks=True)

    assert kinds(told) == [
        (PUBLISHED, old.pk),
        (PUBLISHED, new.pk),
        (CHANGED, old.pk),
        (CHANGED, new.pk),
        (CHANGED, old.pk),
    ]


def test_a_move_is_told_once_with_all_below(town: Town, told: Any) -> None:
    make_disclosure(town.school, town.entries["school_admission"])
    town.school.move(town.street, pos="last-child")

    kind, pk, data = told()[-1]

    assert (kind, pk, data["subtree"]) == (MOVED, town.school.pk, True)
    assert data["was_within"][-2:] == [town.education_office.pk, town.school.pk]
    assert data["within"][-2:] == [town.street.pk, town.school.pk]


def test_another_order_among_neighbours_is_no_change(town: Town, told: Any) -> None:
    town.street.move(town.education_office, pos="left")

    assert told() == []


def test_a_new_address_is_a_change_and_a_move(town: Town, told: Any) -> None:
    town.school.slug = "another"
    town.school.save_revision().publish(skip_permission_checks=True)

    assert set(kinds(told)) == {(CHANGED, town.school.pk), (MOVED, town.school.pk)}


def test_what_was_public_is_told_of_when_it_is_deleted(town: Town, told: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    number = PublicationRecord.objects.get(page=page.pk).index_number
    pk = page.pk
    page.delete()

    kind, subject, data = told()[-1]

    assert (kind, subject, data["index_number"]) == (DELETED, pk, number)


def test_an_organisation_goes_with_each_page_below(town: Town, told: Any) -> None:
    below = make_disclosure(town.hall, town.entries["hall_guide"])
    PublicationRecord.objects.all().delete()
    hall = town.hall.pk
    town.hall.roster.delete()
    Page.objects.get(pk=hall).delete()

    assert {each for each in kinds(told) if each[0] == DELETED} == {(DELETED, below.pk), (DELETED, hall)}


def test_a_restriction_hides_all_below_and_nothing_behind_it_is_told(town: Town, told: Any) -> None:
    restriction = PageViewRestriction.objects.create(page=Page.objects.get(pk=town.street.pk))
    PageViewRestriction.objects.create(page=Page.objects.get(pk=town.hall.pk))
    make_disclosure(town.hall, town.entries["hall_guide"]).delete()
    PageViewRestriction.objects.filter(page=town.hall.pk).delete()
    restriction.delete()

    assert [(kind, pk, data["subtree"]) for kind, pk, data in told()] == [
        (WITHDRAWN, town.street.pk, True),
        (PUBLISHED, town.street.pk, True),
    ]


def test_deleting_a_restricted_page_opens_nothing(town: Town, told: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk))
    page.delete()

    assert [kind for kind, _pk in kinds(told)] == [PUBLISHED, WITHDRAWN]


def test_a_service_item_is_told_of_at_its_provider(town: Town, told: Any) -> None:
    item = make_service_item(town.water, town.industries["waterworks"], live=False)
    item.save_revision().publish(skip_permission_checks=True)
    item.refresh_from_db()
    item.provider = Page.objects.get(pk=town.school.pk)
    item.save_revision().publish(skip_permission_checks=True)
    item.refresh_from_db()
    item.unpublish()
    pk = item.pk
    item.delete()

    assert kinds(told) == [(PUBLISHED, pk), (CHANGED, pk), (WITHDRAWN, pk), (DELETED, pk)]
    handed_on = told()[1][2]
    assert (handed_on["was_within"][-1], handed_on["within"][-1]) == (town.water.pk, town.school.pk)


def test_entries_and_industries_are_public_when_saved(town: Town, told: Any) -> None:
    entry = make_entry("water", "Z09")
    pk = entry.pk
    entry.delete()

    assert [(kind, subject, data["endpoint"]) for kind, subject, data in told()] == [
        (CHANGED, pk, "catalogue"),
        (DELETED, pk, "catalogue"),
    ]


def test_the_roster_changes_an_organisation(town: Town, told: Any) -> None:
    town.school.roster.state = RosterState.SUSPENDED
    town.school.roster.save()

    assert kinds(told) == [(CHANGED, town.school.pk)]


def test_another_page_type_changes_a_unit(town: Town, told: Any) -> None:
    change_unit_type(town.water, HeatingPage)

    assert kinds(told) == [(CHANGED, town.water.pk)]
    assert told()[0][2]["endpoint"] == "organisations"


@pytest.mark.parametrize("make", [make_image, make_document])
def test_another_file_changes_whatever_shows_it(town: Town, told: Any, make: Any) -> None:
    file = make(town.water, "示意")
    picture = {"image": file, "decorative": False, "alt_text": "图"}
    listed = {"title": "附件", "files": [{"title": "文件", "number": "", "document": file}]}
    shown = [("image", {"picture": picture}) if make is make_image else ("document_list", listed)]
    page = make_disclosure(town.water, town.entries["water_price"], body=shown)
    make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], body=shown)

    file.file = make(town.water, "另一份").file
    file.save()
    file.title = "改名"
    file.save()
    file.save()
    file.get_file_size()

    assert kinds(told) == [(PUBLISHED, page.pk), (CHANGED, page.pk), (CHANGED, page.pk)]


def test_a_load_is_one_event_however_many_pages(town: Town, told: Any) -> None:
    entry = town.entries["water_price"]
    bulk_add(town.water, [DisclosurePage(title=f"示例{number}", entry=entry) for number in range(20)])

    ((kind, pk, data),) = told()

    assert (kind, pk, data["subtree"]) == (CHANGED, town.water.pk, True)


def test_what_was_loaded_is_moved_only_when_its_address_changes(town: Town, told: Any) -> None:
    units = [UnitPage(title=f"示例单位{number}", industry=town.industries["hall"]) for number in range(2)]
    bulk_add(town.street, units)
    same, other = (UnitPage.objects.get(pk=unit.pk) for unit in units)
    same.short_name, other.slug = "示例", "another"
    for unit in (same, other):
        unit.save_revision().publish(skip_permission_checks=True)

    moves = [(kind, pk) for kind, pk in kinds(told) if kind == MOVED]

    assert moves == [(MOVED, other.pk)]


def test_a_translation_stands_where_its_source_does(town: Town, told: Any) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    in_english(town.portal)
    copy = begin_translation(page).get_target_instance()
    copy.get_latest_revision().publish(skip_permission_checks=True)

    kind, pk, data = told()[-1]

    assert (kind, pk, data["language"]) == (PUBLISHED, copy.pk, "en")
    assert data["within"][-2:] == [town.water.pk, page.pk]


def test_no_title_and_no_person_is_in_what_is_told(town: Town, told: Any) -> None:
    make_disclosure(town.water, town.entries["water_price"], title="不外传的标题", owner=town.editor("water"))

    data = told()[-1][2]

    assert set(data) == {"endpoint", "language", "html_url", "index_number", "within"}


def test_telling_costs_a_publication_few_queries(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    revision = DisclosurePage.objects.get(pk=page.pk).save_revision()

    with CaptureQueriesContext(connection) as queries:
        revision.publish(skip_permission_checks=True)

    told = [each["sql"] for each in queries if "pageviewrestriction" in each["sql"]]
    assert len(told) == 1


def test_endpoints_are_those_of_the_api() -> None:
    found = {view.model: view.endpoint for view in OF_THE_API if view.endpoint not in {"images", "documents", *FRAME}}

    assert found == ENDPOINTS
    assert endpoint_of(DisclosurePage) == "disclosures"


def test_every_kind_has_a_name_outside() -> None:
    named = {outward(kind, endpoint) for kind in ACTS for endpoint in ENDPOINTS.values()}

    assert set(OUTWARD) <= named
