"""However much an organisation has made public, its catalogue reads no more than is shown of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models.signals import post_init

from pages.completeness import FOREMOST, Line, catalogue_lines, public_records
from pages.models import PublicationRecord, Validity
from tests.factories import make_disclosure
from tests.town import Town

MANY = 3 * FOREMOST


@pytest.fixture
def prices(town: Town) -> list[Any]:
    """Publish many prices; the last of them has replaced the one before."""
    entry = town.entries["water_price"]
    found = [make_disclosure(town.water, entry, title=f"水价{number}") for number in range(MANY)]
    return [*found, make_disclosure(town.water, entry, title="新水价", supersedes=found[-1])]


def line_of(town: Town, *, with_records: bool) -> Line:
    lines = catalogue_lines(town.water, with_records=with_records)
    return next(line for line in lines if line.entry.pk == town.entries["water_price"].pk)


def test_all_are_counted_and_the_foremost_are_read(town: Town, prices: list[Any]) -> None:
    line = line_of(town, with_records=True)

    in_force = [record.title for record in line.records if record.validity == Validity.IN_FORCE]
    assert line.number == MANY + 1
    assert line.latest == PublicationRecord.objects.get(title="新水价").last_published_at
    assert line.records[0].title == "新水价"
    assert in_force == ["新水价", f"水价{MANY - 2}", f"水价{MANY - 3}"]
    assert len(line.records) == FOREMOST + 1


def test_no_record_is_read_where_none_is_shown(town: Town, prices: list[Any]) -> None:
    read: list[Any] = []
    note = lambda **told: read.append(told["instance"])  # noqa: E731
    post_init.connect(note, sender=PublicationRecord)

    line = line_of(town, with_records=False)

    post_init.disconnect(note, sender=PublicationRecord)
    assert (line.is_there, line.records, read) == (True, [], [])


def test_one_entry_lists_them_all_page_by_page(town: Town, prices: list[Any], client: Any) -> None:
    entry = town.entries["water_price"]

    shown = client.get(f"{town.water.url}catalogue/?entry={entry.code}").context["list_page"]

    assert shown.paginator.count == public_records(town.water, entry.code).count() == MANY + 1
    assert shown.object_list[0].title == "新水价"
