"""The public register: index numbers, first publication, validity."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from pages.models import PublicationRecord, Validity
from snippets.models import PortalSettings
from tests.factories import make_disclosure, make_notice
from tests.town import Town


def test_the_first_publication_gives_an_index_number(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])

    record = page.record
    assert record.index_number == f"{town.water.roster.code}/{timezone.localdate().year}-00001"
    assert record.entry == town.entries["water_price"]


def test_a_second_publication_changes_neither_number_nor_first_date(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    number, first = page.record.index_number, page.record.first_published_at

    page.title = "示例改名"
    page.save_revision().publish(skip_permission_checks=True)

    record = PublicationRecord.objects.get(page=page)
    assert (record.index_number, record.first_published_at) == (number, first)
    assert record.title == "示例改名"


def test_an_older_revision_published_later_undoes_nothing(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"])
    older, number = page.latest_revision, page.record.index_number
    page.title = "示例改名"
    page.save_revision().publish(skip_permission_checks=True)

    older.publish(skip_permission_checks=True)

    assert PublicationRecord.objects.get(page=page).index_number == number


def test_numbers_count_per_organisation(town: Town) -> None:
    numbers = [make_disclosure(town.water, town.entries["water_price"]).record.index_number for _ in range(2)]
    other = make_disclosure(town.hall, town.entries["hall_guide"]).record.index_number

    assert [number[-5:] for number in numbers] == ["00001", "00002"]
    assert other.endswith("00001")


def test_a_city_may_have_its_own_scheme(town: Town) -> None:
    settings = PortalSettings.for_site(town.portal.get_site())
    settings.index_number_scheme = "{division_code}-{entry_code}-{date:%Y%m%d}-{serial:04d}"
    settings.save()

    page = make_disclosure(town.water, town.entries["water_price"])

    assert page.record.index_number == f"210200-B01-{timezone.localdate():%Y%m%d}-0001"


def test_a_withdrawn_number_is_never_given_again(town: Town) -> None:
    first = make_disclosure(town.water, town.entries["water_price"])
    first.unpublish()

    second = make_disclosure(town.water, town.entries["water_price"])

    record = PublicationRecord.objects.get(page=first)
    assert not record.is_public
    assert second.record.index_number != record.index_number


def test_the_record_outlives_its_page(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], title="示例水价")
    number = page.record.index_number
    page.unpublish()

    page.delete()

    assert PublicationRecord.objects.get(index_number=number).title == "示例水价"


def test_what_is_superseded_says_so_and_recovers_with_the_withdrawal(town: Town) -> None:
    old = make_disclosure(town.water, town.entries["water_price"])
    new = make_disclosure(town.water, town.entries["water_price"], supersedes=old)
    ended = PublicationRecord.objects.get(page=old)
    assert (ended.validity, ended.ended_by) == (Validity.SUPERSEDED, new.record)

    new.unpublish()

    ended.refresh_from_db()
    assert (ended.validity, ended.ended_by) == (Validity.IN_FORCE, None)


def test_a_notice_may_repeal(town: Town) -> None:
    old = make_disclosure(town.water, town.entries["water_price"])

    make_notice(town.water, title="示例废止通知", repeals=old)

    assert PublicationRecord.objects.get(page=old).validity == Validity.REPEALED


def test_nobody_supersedes_what_another_organisation_published(town: Town) -> None:
    foreign = make_disclosure(town.hall, town.entries["hall_guide"])

    with pytest.raises(ValidationError, match="只能选择本单位"):
        make_disclosure(town.water, town.entries["water_price"], supersedes=foreign)


def test_a_scheduled_page_is_not_in_the_register_before_its_time(town: Town) -> None:
    page = make_disclosure(town.water, town.entries["water_price"], live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish(skip_permission_checks=True)

    assert not PublicationRecord.objects.filter(page=page).exists()


def test_an_entry_of_another_template_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError, match="不在本单位的公开目录中"):
        make_disclosure(town.water, town.entries["hall_guide"])


@pytest.mark.django_db(transaction=True)
def test_publications_at_the_same_time_get_different_numbers() -> None:
    from tests.town import build_town

    town = build_town()
    drafts: list[Any] = [
        make_disclosure(town.water, town.entries["water_price"], live=False, title=f"示例{number}")
        for number in range(6)
    ]
    failures: list[Exception] = []

    def publish(page: Any) -> None:
        try:
            page.latest_revision.publish(skip_permission_checks=True)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[page]) for page in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = list(PublicationRecord.objects.values_list("index_number", flat=True))
    assert failures == []
    assert sorted(number[-5:] for number in numbers) == [f"{serial:05d}" for serial in range(1, 7)]
