"""Life events come with the pack once; afterwards they are the portal's."""

from __future__ import annotations

import pytest

from cms.city.loading.load import load
from cms.city.pack import read_pack
from cms.city.plan import plan
from snippets.models import LifeEvent

from .conftest import PackFolder

ROWS = "code,name_zh,name_en,summary,summary_en,items\n"


@pytest.fixture
def with_events(pack: PackFolder) -> PackFolder:
    pack.replace("city.toml", 'service_items = "services.csv"', 'service_items = "services.csv"\nlife_events = "e.csv"')
    pack.write("e.csv", ROWS + "medical,就医,Seeing a doctor,挂号,,S1\nbirth,出生,,,,\n")
    return pack


def loaded(pack: PackFolder) -> None:
    read, problems = read_pack(pack.folder)
    assert read is not None
    load(plan(read, problems))


def titles(code: str) -> list[str]:
    return [row.item.title for row in LifeEvent.objects.get(code=code).event_items.select_related("item")]


@pytest.mark.django_db
def test_they_are_loaded_with_their_items(with_events: PackFolder) -> None:
    loaded(with_events)

    assert [(event.title, event.order) for event in LifeEvent.objects.all()] == [("就医", 1), ("出生", 2)]
    assert (titles("medical"), titles("birth")) == (["预约挂号"], [])


@pytest.mark.django_db
def test_another_load_leaves_what_the_portal_has_made_of_them(with_events: PackFolder) -> None:
    loaded(with_events)
    LifeEvent.objects.filter(code="medical").update(title="看病")
    LifeEvent.objects.get(code="medical").event_items.all().delete()

    loaded(with_events)

    assert LifeEvent.objects.get(code="medical").title == "看病"
    assert titles("medical") == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("me dical,就医,,,,S1", "“code”只能用"),
        ("medical,就医,,,,S9", "“S9”不在 service_items 里"),
        ("medical,,,,,S1", "name_zh"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(with_events: PackFolder, row: str, told: str) -> None:
    with_events.write("e.csv", ROWS + row + "\n")

    (error,) = with_events.errors()

    assert error.startswith("e.csv:2 错误：")
    assert told in error
